package io.github.claudesessions.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

/**
 * One turn of a {@link FakeClaude}, as its script sees it: the prompt, and what to answer. A script that returns without
 * a result ends with a success whose text is the last {@link #text text}. An interrupt of the session interrupts the
 * script's thread; unless the script catches that and ends the turn itself, the turn ends as an interrupted one.
 */
public final class FakeTurn {
    private final FakeProcess process;
    private final Frames frames;
    private final String prompt;
    private final String uuid;
    private String lastText = "";
    private boolean ended;

    FakeTurn(FakeProcess process, Frames frames, String prompt, String uuid) {
        this.process = process;
        this.frames = frames;
        this.prompt = prompt;
        this.uuid = uuid;
    }

    /** The text of the prompt. */
    public String prompt() {
        return prompt;
    }

    /** The uuid that the library gave the prompt. */
    public String promptUuid() {
        return uuid;
    }

    /** Sends a piece of text as a stream event, if the session asks for those; {@link #text} must follow. */
    public FakeTurn textDelta(String piece) throws IOException {
        return process.partialMessages() ? send(frames.textDelta(piece)) : this;
    }

    /** Sends a text as the CLI does: its pieces as stream events, if the session asks for those, then the whole. */
    public FakeTurn textDeltas(String... pieces) throws IOException {
        for (String piece : pieces) {
            textDelta(piece);
        }
        return text(String.join("", pieces));
    }

    /** Sends an assistant message with one text block. */
    public FakeTurn text(String text) throws IOException {
        lastText = text;
        return send(frames.assistant(Frames.text(text)));
    }

    /** Sends an assistant message with one thinking block. */
    public FakeTurn thinking(String thinking) throws IOException {
        return send(frames.assistant(Frames.thinking(thinking)));
    }

    /** Sends an assistant message with one tool use, and returns its id. */
    public String toolUse(String name, Map<String, ?> input) throws IOException {
        String id = "toolu_" + UUID.randomUUID();
        send(frames.assistant(Frames.toolUse(id, name, input)));
        return id;
    }

    /** Sends an assistant message with one text block of the subagent that the tool use {@code toolUseId} runs. */
    public FakeTurn subagentText(String toolUseId, String text) throws IOException {
        return send(frames.assistant(Frames.text(text), toolUseId));
    }

    /** Sends the result of a tool use. */
    public FakeTurn toolResult(String toolUseId, String text) throws IOException {
        return send(frames.toolResult(toolUseId, text, false));
    }

    /** Sends a line of JSON; {@code uuid} and {@code session_id} are added if they are missing. */
    public FakeTurn send(Map<String, ?> line) throws IOException {
        ObjectNode frame = frames.frame("unknown");
        frame.setAll(Json.objectOf(line));
        return send(frame);
    }

    /** Sends a message, such as one of {@link Sample}. */
    public FakeTurn send(Message message) throws IOException {
        return send(Json.objectOf(message.raw().toMap()));
    }

    /** Writes {@code text} to the standard output as it is: garbage, half a line, several lines. */
    public FakeTurn write(String text) throws IOException {
        process.write(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /**
     * Asks the host, as the CLI does for permissions, hooks and tools. An interrupt of the session cancels the request.
     *
     * @return the payload of the answer; if the host answers with an error, an object with {@code subtype}
     *     {@code error} and its {@code error} text
     */
    public Map<String, Object> ask(String subtype, Map<String, ?> request) throws IOException, InterruptedException {
        return process.ask(subtype, request);
    }

    /** Waits for {@code latch}; an interrupt of the session ends the wait. */
    public FakeTurn await(CountDownLatch latch) throws InterruptedException {
        latch.await();
        return this;
    }

    /** Ends the turn with success and {@code text} as its final text. What is sent after it is outside a turn. */
    public void result(String text) throws IOException {
        end(frames.result(uuid, "success", false, "completed").put("result", text));
    }

    /** Ends the turn as an error of the API does. */
    public void apiError(int status, String text) throws IOException {
        end(frames.apiError(uuid, status, text));
    }

    /** Ends the turn with a result of this {@code subtype}, such as {@code error_max_turns}. */
    public void error(String subtype, String error) throws IOException {
        end(frames.errorResult(uuid, subtype, "completed", error));
    }

    /** Ends the process, as a crash does; what was written before can still be read. */
    public void exit(int code) {
        ended = true;
        process.exit(code);
    }

    /** Writes to stderr. */
    public FakeTurn stderr(String text) {
        process.stderr(text);
        return this;
    }

    /** The prompt was taken out of the queue before it became a turn. */
    void cancel() throws IOException {
        ended = true;
        send(frames.lifecycle(uuid, "cancelled"));
    }

    void begin() throws IOException {
        send(frames.lifecycle(uuid, "started"));
        send(frames.init());
    }

    /** Ends the turn if the script has not. */
    void complete() throws IOException {
        if (!ended) {
            result(lastText);
        }
    }

    void interrupted() throws IOException {
        if (!ended) {
            finish(frames.interrupted(uuid), "cancelled");
        }
    }

    private void end(ObjectNode result) throws IOException {
        finish(result, "completed");
    }

    private void finish(ObjectNode result, String state) throws IOException {
        ended = true;
        send(result);
        send(frames.lifecycle(uuid, state));
        send(frames.state("idle"));
    }

    private FakeTurn send(ObjectNode line) throws IOException {
        process.write(Json.line(line));
        return this;
    }
}
