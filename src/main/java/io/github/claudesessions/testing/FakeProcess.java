package io.github.claudesessions.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.spi.Exit;
import io.github.claudesessions.spi.Transport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One run of a {@link FakeClaude}. One virtual thread reads what the host writes and answers control requests, another
 * runs the prompts, one after the other.
 */
final class FakeProcess implements Transport {
    private final FakeClaude fake;
    private final Frames frames;
    private final BytePipe input = new BytePipe();
    private final BytePipe output = new BytePipe();
    private final ReentrantLock writing = new ReentrantLock();
    private final List<String> stderr = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Exit> exit = new CompletableFuture<>();
    private final Map<String, CompletableFuture<Map<String, Object>>> asked = new ConcurrentHashMap<>();
    private final Thread worker;
    private final boolean partialMessages;
    private final Optional<String> agent;
    private final ReentrantLock state = new ReentrantLock();

    private final Condition queued = state.newCondition();

    @GuardedBy("state")
    private final Queue<FakeTurn> prompts = new ArrayDeque<>();

    /** What an interrupt hits: set as soon as the prompt is not in the queue any more, where an interrupt cancels it. */
    @GuardedBy("state")
    private @Nullable FakeTurn inScript;

    /** Prompts that are queued or running. */
    @GuardedBy("state")
    private int unfinished;

    @GuardedBy("state")
    private boolean inputEnded;

    FakeProcess(
            FakeClaude fake, String sessionId, boolean partialMessages, String permissionMode, Optional<String> agent) {
        this.fake = fake;
        this.partialMessages = partialMessages;
        this.agent = agent;
        this.frames = new Frames(sessionId);
        frames.permissionMode(permissionMode);
        this.worker = Thread.ofVirtual().name("fake-claude-turns").unstarted(this::work);
    }

    void start() {
        worker.start();
        Thread.ofVirtual().name("fake-claude-input").start(this::readInput);
    }

    private void readInput() {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(input.in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
                JsonNode object = Json.parse(bytes, 0, bytes.length);
                fake.received(Json.map(object));
                handle(object);
            }
        } catch (IOException e) {
            exit(1);
        }
        settle(0, true);
    }

    boolean partialMessages() {
        return partialMessages;
    }

    /** Counts prompts, and ends the process when its input has ended and no prompt is left. */
    private void settle(int change, boolean eof) {
        boolean over;
        state.lock();
        try {
            unfinished += change;
            inputEnded |= eof;
            over = inputEnded && unfinished == 0 && !fake.ignoresEof();
        } finally {
            state.unlock();
        }
        if (over) {
            exit(0);
        }
    }

    private void handle(JsonNode line) throws IOException {
        switch (line.path("type").asText()) {
            case "user" -> {
                String uuid = line.path("uuid").asText();
                write(Json.line(frames.state("running")));
                write(Json.line(frames.lifecycle(uuid, "queued")));
                settle(1, false);
                String prompt = text(line.path("message").path("content"));
                fake.prompted(prompt);
                enqueue(new FakeTurn(this, frames, prompt, uuid));
            }
            case "control_request" -> answer(line.path("request_id").asText(), line.path("request"));
            case "control_response" -> {
                JsonNode response = line.path("response");
                CompletableFuture<Map<String, Object>> waiting =
                        asked.remove(response.path("request_id").asText());
                if (waiting != null) {
                    boolean ok = response.path("subtype").asText().equals("success");
                    waiting.complete(Json.map(ok ? response.path("response") : response));
                }
            }
            default -> {}
        }
    }

    private static String text(JsonNode content) {
        if (content.isTextual()) {
            return content.asText();
        }
        StringBuilder text = new StringBuilder();
        content.forEach(block -> text.append(block.path("text").asText("")));
        return text.toString();
    }

    private void answer(String id, JsonNode request) throws IOException {
        String subtype = request.path("subtype").asText();
        Function<Map<String, Object>, @Nullable Map<String, Object>> script = fake.control(subtype);
        if (script != null) {
            answer(id, request, script);
            return;
        }
        switch (subtype) {
            case "initialize" -> respond(id, Frames.initialized(request, agent));
            case "interrupt" -> interrupt(id, request.path("cancel_queued").asBoolean());
            case "cancel_async_message" ->
                cancel(id, request.path("message_uuid").asText());
            case "set_model" -> respond(id, Json.object());
            case "set_permission_mode" -> {
                frames.permissionMode(request.path("mode").asText());
                respond(id, Json.object());
            }
            default -> refuse(id, "Unsupported control request subtype: " + subtype, "unsupported_request");
        }
    }

    private void answer(
            String id, JsonNode request, Function<Map<String, Object>, @Nullable Map<String, Object>> script)
            throws IOException {
        Map<String, Object> payload;
        try {
            payload = script.apply(Json.map(request));
        } catch (RuntimeException e) {
            refuse(id, String.valueOf(e.getMessage()), null);
            return;
        }
        if (payload != null) {
            respond(id, Json.objectOf(payload));
        }
    }

    private void interrupt(String id, boolean cancelQueued) throws IOException {
        List<FakeTurn> cancelled;
        List<FakeTurn> kept;
        FakeTurn hit;
        state.lock();
        try {
            cancelled = cancelQueued ? List.copyOf(prompts) : List.of();
            prompts.removeAll(cancelled);
            kept = List.copyOf(prompts);
            hit = inScript;
        } finally {
            state.unlock();
        }
        for (FakeTurn turn : cancelled) {
            turn.cancel();
        }
        ObjectNode receipt = Json.object();
        ArrayNode cancelledUuids = receipt.putArray("cancelled");
        cancelled.forEach(turn -> cancelledUuids.add(turn.promptUuid()));
        ArrayNode keptUuids = receipt.putArray("still_queued");
        kept.forEach(turn -> keptUuids.add(turn.promptUuid()));
        respond(id, receipt);
        interruptScript(hit);
        settle(-cancelled.size(), false);
    }

    private void cancel(String id, String uuid) throws IOException {
        Optional<FakeTurn> found;
        state.lock();
        try {
            found = prompts.stream()
                    .filter(turn -> turn.promptUuid().equals(uuid))
                    .findFirst();
            found.ifPresent(prompts::remove);
        } finally {
            state.unlock();
        }
        if (found.isPresent()) {
            found.get().cancel();
        }
        respond(id, Json.object().put("cancelled", found.isPresent()).put("message_uuid", uuid));
        settle(found.isPresent() ? -1 : 0, false);
    }

    private void interruptScript(@Nullable FakeTurn turn) {
        state.lock();
        try {
            if (turn != null && turn == inScript) {
                worker.interrupt();
            }
        } finally {
            state.unlock();
        }
    }

    private void enqueue(FakeTurn turn) {
        state.lock();
        try {
            prompts.add(turn);
            queued.signal();
        } finally {
            state.unlock();
        }
    }

    private FakeTurn next() throws InterruptedException {
        state.lockInterruptibly();
        try {
            FakeTurn turn = prompts.poll();
            while (turn == null) {
                queued.await();
                turn = prompts.poll();
            }
            inScript = turn;
            return turn;
        } finally {
            state.unlock();
        }
    }

    private void leaveScript() {
        state.lock();
        try {
            inScript = null;
            if (!exit.isDone()) {
                Thread.interrupted(); // an interrupt that came too late for the script
            }
        } finally {
            state.unlock();
        }
    }

    private void respond(String id, ObjectNode payload) throws IOException {
        ObjectNode line = Json.object().put("type", "control_response");
        line.putObject("response")
                .put("subtype", "success")
                .put("request_id", id)
                .set("response", payload);
        write(Json.line(line));
    }

    private void refuse(String id, String error, @Nullable String code) throws IOException {
        ObjectNode line = Json.object().put("type", "control_response");
        ObjectNode response = line.putObject("response")
                .put("subtype", "error")
                .put("request_id", id)
                .put("error", error);
        if (code != null) {
            response.put("error_code", code);
        }
        write(Json.line(line));
    }

    Map<String, Object> ask(String subtype, Map<String, ?> request) throws IOException, InterruptedException {
        String id = UUID.randomUUID().toString();
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        asked.put(id, answer);
        ObjectNode line = Json.object().put("type", "control_request").put("request_id", id);
        line.set("request", Json.objectOf(request).put("subtype", subtype));
        write(Json.line(line));
        try {
            return answer.get();
        } catch (InterruptedException e) {
            asked.remove(id);
            write(Json.line(Json.object().put("type", "control_cancel_request").put("request_id", id)));
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private void work() {
        try {
            while (!exit.isDone()) {
                FakeTurn turn = next();
                run(turn);
                settle(-1, false);
            }
        } catch (InterruptedException | IOException e) {
            exit(1);
        }
    }

    private void run(FakeTurn turn) throws IOException {
        try {
            turn.begin();
            fake.nextScript().run(turn);
            leaveScript();
            turn.complete();
        } catch (Exception | AssertionError e) {
            boolean interrupted = Thread.currentThread().isInterrupted() || e instanceof InterruptedException;
            leaveScript();
            if (exit.isDone()) {
                return;
            }
            if (!interrupted) {
                stderr("the script of a FakeClaude failed: " + e);
                exit(70);
                return;
            }
            turn.interrupted();
        }
    }

    void write(byte[] bytes) throws IOException {
        int piece = fake.pieceBytes();
        writing.lock();
        try {
            for (int offset = 0; offset < bytes.length; offset += piece) {
                output.out.write(bytes, offset, Math.min(piece, bytes.length - offset));
            }
        } finally {
            writing.unlock();
        }
    }

    void stderr(String text) {
        stderr.add(text);
    }

    void exit(int code) {
        if (exit.complete(new Exit(code))) {
            closeQuietly(output.out);
            input.breakOff();
            worker.interrupt();
        }
    }

    private static void closeQuietly(OutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public InputStream stdout() {
        return output.in;
    }

    @Override
    public OutputStream stdin() {
        return input.out;
    }

    @Override
    public CompletableFuture<Exit> onExit() {
        return exit;
    }

    @Override
    public void terminate() {
        if (!fake.ignoresTerminate()) {
            exit(143);
        }
    }

    @Override
    public void kill() {
        exit(137);
    }

    @Override
    public void release() {
        fake.released();
    }

    @Override
    public long pid() {
        return -1;
    }

    @Override
    public String stderrTail() {
        return String.join("\n", stderr);
    }
}
