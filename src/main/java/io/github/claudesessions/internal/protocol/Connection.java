package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.codec.Inbound;
import io.github.claudesessions.internal.codec.InboundDecoder;
import io.github.claudesessions.internal.codec.LineFramer;
import io.github.claudesessions.internal.codec.LineSink;
import io.github.claudesessions.internal.flight.Flight;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.process.LineWriter;
import io.github.claudesessions.internal.process.Secrets;
import io.github.claudesessions.internal.process.Threads;
import io.github.claudesessions.message.OversizeMessage;
import io.github.claudesessions.spi.Exit;
import io.github.claudesessions.spi.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines between this library and one process. Any thread may write and close; {@link Events} come on the pump
 * thread, except the end.
 *
 * <pre>
 *   open ── process exits, output drained ──► ended(Exited)
 *     ├──── close() ────────────────────────► ended(Closed), then the ladder: interrupt, EOF, 2 s, TERM, 3 s, KILL
 *     ├──── closeLater(cause) ──────────────► ended(cause), then the same
 *     └──── fail() ─────────────────────────► ended(Failed), then KILL
 * </pre>
 *
 * The end is told exactly once, to every pending request and to the listener, before the process is waited for.
 */
public final class Connection {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    static final Duration EOF_GRACE = Duration.ofSeconds(2);
    static final Duration TERMINATE_GRACE = Duration.ofSeconds(3);
    private static final Duration KILL_GRACE = Duration.ofSeconds(2);

    private static final Duration SHUTDOWN_GRACE = Duration.ofMillis(700);

    /** After its exit a process's output is in the pipe already; longer than this only a grandchild holds it open. */
    private static final Duration DRAIN_GRACE = Duration.ofMillis(250);

    private static final String REQUEST = "req_";
    private static final String FIRST_REQUEST = REQUEST + 1;

    /** What the pump and the end of the process tell. */
    interface Events {
        /** The pump begins. */
        default void pumping() {}

        void message(Inbound.Delivered message, int bytes);

        void controlRequest(Inbound.ControlRequest request);

        void controlCancel(String requestId);

        void oversize(OversizeMessage skipped);

        /** All that one read brought has been told. The pump may be held here. */
        void batchEnd();

        /** Whether the pump is held in {@link #batchEnd()}. */
        boolean held();

        void requestRegistered();

        /** Once; on any thread. */
        void ended(ConnectionEnd end);
    }

    private final Transport transport;
    private final Timer timer;
    private final Events events;
    private final int maxLineBytes;
    private final Duration writeLimit;
    private final long pid;
    private final LineWriter writer;
    private final PendingRequests pending;
    private final Secrets secrets = new Secrets();
    private final AtomicLong requestIds = new AtomicLong();
    /** Pump. */
    private long strayLines;

    private final AtomicLong reads = new AtomicLong();
    private final AtomicReference<@Nullable ConnectionEnd> end = new AtomicReference<>();
    private final CompletableFuture<Long> pumped = new CompletableFuture<>();
    private final CompletableFuture<Void> released = new CompletableFuture<>();

    Connection(Transport transport, Timer timer, Events events, int maxLineBytes, Duration writeLimit) {
        this.transport = transport;
        this.timer = timer;
        this.events = events;
        this.maxLineBytes = maxLineBytes;
        this.writeLimit = writeLimit;
        this.pid = transport.pid();
        this.writer = new LineWriter(transport.stdin(), Threads.writers());
        this.pending = new PendingRequests(timer);
    }

    void start() {
        Threads.startPump("claude-sessions-pump-" + pid, this::pump);
        transport.onExit().thenAcceptAsync(this::exited, Thread::startVirtualThread);
    }

    // ---- out

    /** Writes one object as a line. The future fails with a {@link ClaudeException}. */
    CompletableFuture<Void> write(ObjectNode object) {
        ConnectionEnd over = end.get();
        if (over != null) {
            return CompletableFuture.failedFuture(over.toException());
        }
        CompletableFuture<Void> written = writer.write(Json.line(object));
        CompletableFuture<Void> done = new CompletableFuture<>();
        limitWrite(written).whenComplete((nothing, failure) -> {
            if (failure == null) {
                done.complete(null);
            } else {
                // the exit of the process says more than a broken pipe does, and follows at once
                awaitEnd().whenComplete((ended, timeout) -> {
                    if (ended == null) {
                        fail(new ConnectionEnd.Failed(
                                "the CLI does not read its input any more",
                                reason -> new SessionClosedException(reason, written.exceptionNow())));
                    }
                    done.completeExceptionally(ConnectionEnd.exceptionFor(end.get()));
                });
            }
        });
        return done;
    }

    /**
     * A CLI that waits for a slow reader to take its output can't be blamed for not reading its input.
     *
     * @return completes as {@code written} does, when no alarm is left
     */
    private CompletableFuture<Void> limitWrite(CompletableFuture<Void> written) {
        if (written.isDone()) {
            return written;
        }
        Timer.Alarm alarm = timer.after(writeLimit, () -> {
            if (events.held()) {
                limitWrite(written);
            } else {
                fail(writeTimedOut());
            }
        });
        return written.whenComplete((nothing, failure) -> alarm.cancel());
    }

    /** Sends a control request; the future has the answer's payload or a {@link ClaudeException}. */
    CompletableFuture<JsonNode> request(String subtype, ObjectNode body, Duration limit) {
        String id = REQUEST + requestIds.incrementAndGet();
        CompletableFuture<JsonNode> answer = pending.register(id, subtype, limit);
        Flight.asks(subtype, answer);
        events.requestRegistered();
        ObjectNode line = Json.object().put("type", "control_request").put("request_id", id);
        line.set("request", body.put("subtype", subtype));
        write(line).whenComplete((nothing, failure) -> {
            if (failure instanceof ClaudeException known) {
                pending.fail(id, known);
            }
        });
        return answer;
    }

    void respond(String requestId, ObjectNode payload) {
        ObjectNode response = Json.object().put("subtype", "success").put("request_id", requestId);
        response.set("response", payload);
        write(controlResponse(response));
    }

    void respondError(String requestId, String error, @Nullable String code) {
        ObjectNode response = Json.object()
                .put("subtype", "error")
                .put("request_id", requestId)
                .put("error", error);
        if (code != null) {
            response.put("error_code", code);
        }
        write(controlResponse(response));
    }

    private static ObjectNode controlResponse(ObjectNode response) {
        ObjectNode line = Json.object().put("type", "control_response");
        line.set("response", response);
        return line;
    }

    boolean awaitsAnswer() {
        return !pending.isEmpty();
    }

    // ---- in

    private void pump() {
        events.pumping();
        LineFramer framer = new LineFramer(maxLineBytes);
        InboundDecoder decoder = new InboundDecoder();
        LineSink sink = new LineSink() {
            @Override
            public void line(byte[] buffer, int offset, int length) {
                dispatch(decoder.decode(buffer, offset, length), length);
            }

            @Override
            public void oversize(long bytes, byte[] head) {
                events.oversize(decoder.oversize(bytes, head));
            }
        };
        try {
            while (framer.readFrom(transport.stdout(), sink)) {
                reads.incrementAndGet();
                events.batchEnd();
            }
        } catch (IOException e) {
            log.debug("The output of process {} ended: {}", pid, e.getMessage());
        } catch (RuntimeException | Error e) {
            log.error("The reader of process {} failed", pid, e);
            fail(new ConnectionEnd.Failed(
                    "the reader of the CLI's output failed", reason -> new SessionClosedException(reason, e)));
        } finally {
            if (strayLines > 0) {
                log.debug("Process {} has written {} lines that are not JSON", pid, strayLines);
            }
            pumped.complete(framer.pendingBytes());
            if (!transport.onExit().isDone()) {
                // a CLI that has closed its output is of no use any more
                timer.after(EOF_GRACE, () -> Thread.startVirtualThread(transport::kill));
            }
        }
    }

    private void dispatch(Inbound inbound, int bytes) {
        switch (inbound) {
            case Inbound.Delivered message -> events.message(message, bytes);
            case Inbound.ControlRequest request -> events.controlRequest(request);
            case Inbound.ControlResponse response -> {
                if (response.requestId().equals(FIRST_REQUEST)) { // later ones name what has come here already
                    response.stillAsked().forEach(events::controlRequest);
                }
                if (!pending.answer(response)) {
                    log.debug("A late answer to {} was ignored", response.requestId());
                }
            }
            case Inbound.ControlCancel cancel -> events.controlCancel(cancel.requestId());
            case Inbound.NotJson stray -> {
                if (strayLines++ == 0) {
                    log.warn("Process {} writes lines that are not JSON to its standard output; they are skipped", pid);
                }
                log.debug("Skipped a line of {} bytes that is not JSON", stray.bytes());
            }
            case Inbound.KeepAlive alive -> {}
            case Inbound.TranscriptMirror mirror -> {}
        }
    }

    // ---- the end

    private void exited(Exit exit) {
        long seen = -1;
        Duration patience = DRAIN_GRACE;
        while (!Waiting.settled(pumped, patience, timer)) {
            if (events.held()) {
                patience = patience.compareTo(EOF_GRACE) < 0 ? patience.multipliedBy(2) : patience;
            } else if (seen == reads.get()) {
                break;
            }
            seen = reads.get();
        }
        boolean first = finish(new ConnectionEnd.Exited(exit, pid, pumped.getNow(0L), stderrTail()));
        if (first) {
            log.debug("Process {} ended with {}", pid, exit);
            cleanUp();
        }
    }

    /** Gives up on the process and kills it. Returns at once. */
    void fail(ConnectionEnd.Failed cause) {
        if (finish(cause)) {
            log.warn("Process {} is killed: {}", pid, cause.reason());
            Thread.startVirtualThread(this::cleanUp);
        }
    }

    /**
     * Closes in an orderly way, without leaving a process behind. Waits until all is gone, also when somebody else has
     * begun to close and also when interrupted; bounded by the graces.
     */
    void close() {
        if (finish(ConnectionEnd.CLOSED)) {
            descend(EOF_GRACE, TERMINATE_GRACE);
        }
        Waiting.settled(released, EOF_GRACE.plus(TERMINATE_GRACE).plus(KILL_GRACE.multipliedBy(2)), timer);
    }

    /** For the end of the JVM, which does not wait as long as an application does. */
    void closeQuickly() {
        if (finish(ConnectionEnd.CLOSED)) {
            descend(SHUTDOWN_GRACE, SHUTDOWN_GRACE);
        } else if (!Waiting.settled(released, SHUTDOWN_GRACE.multipliedBy(2), timer)) {
            transport.kill(); // whoever closes it will not get to the end of the ladder
        }
    }

    /** As {@link #close()}, but only the end is told before it returns; the rest goes on by itself. */
    void closeLater(ConnectionEnd cause) {
        if (finish(cause)) {
            log.debug("Process {} is closed: {}", pid, cause.reason());
            Thread.startVirtualThread(() -> descend(EOF_GRACE, TERMINATE_GRACE));
        }
    }

    private void descend(Duration eofGrace, Duration terminateGrace) {
        try {
            transport.prepareClose();
            ObjectNode interrupt = Json.object().put("type", "control_request").put("request_id", "close");
            interrupt.set("request", Json.object().put("subtype", "interrupt").put("cancel_queued", true));
            writer.write(Json.line(interrupt));
            writer.close();
            if (!Waiting.settled(transport.onExit(), eofGrace, timer)) {
                transport.terminate();
                Waiting.settled(transport.onExit(), terminateGrace, timer);
            }
        } finally {
            cleanUp();
        }
    }

    private void cleanUp() {
        try {
            writer.close();
            transport.kill();
            if (!Waiting.settled(transport.onExit(), KILL_GRACE, timer)) {
                log.warn("Process {} did not end after it was killed", pid);
            }
            Waiting.settled(pumped, DRAIN_GRACE, timer);
        } finally {
            try {
                transport.release();
            } finally {
                released.complete(null);
            }
        }
    }

    private boolean finish(ConnectionEnd cause) {
        if (!end.compareAndSet(null, cause)) {
            return false;
        }
        pending.end(cause::toException);
        events.ended(cause);
        return true;
    }

    private ConnectionEnd.Failed writeTimedOut() {
        return new ConnectionEnd.Failed(
                "the CLI did not read its input for " + writeLimit,
                reason -> new TimeLimitException(reason, "write", writeLimit));
    }

    /** Completes with the end, or with null if there is none soon. */
    private CompletableFuture<@Nullable ConnectionEnd> awaitEnd() {
        CompletableFuture<@Nullable ConnectionEnd> ended = new CompletableFuture<>();
        ConnectionEnd now = end.get();
        if (now != null) {
            ended.complete(now);
        } else {
            transport.onExit().thenRun(() -> timer.after(DRAIN_GRACE, () -> ended.complete(end.get())));
            timer.after(EOF_GRACE, () -> ended.complete(end.get()));
        }
        return ended;
    }

    @Nullable
    ConnectionEnd end() {
        return end.get();
    }

    /** Completes when the process is gone and its folder is removed. */
    CompletableFuture<Void> released() {
        return released;
    }

    /** The process id while the process lives, else -1. */
    long pid() {
        return alive() ? pid : -1;
    }

    boolean alive() {
        return !transport.onExit().isDone();
    }

    /** What the tail of stderr must not show. */
    Secrets secrets() {
        return secrets;
    }

    /** What the process has said last, without the secrets. */
    String stderrTail() {
        try {
            return secrets.mask(transport.stderrTail());
        } catch (RuntimeException e) {
            log.warn("The stderr of process {} can't be read", pid, e);
            return "";
        }
    }
}
