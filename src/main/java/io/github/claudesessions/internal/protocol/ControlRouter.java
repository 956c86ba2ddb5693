package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.codec.Inbound;
import io.github.claudesessions.internal.flight.Flight;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers what the CLI asks. Each handler runs on a virtual thread of its own, so that none holds up another; a
 * cancellation interrupts it, and then nothing is sent. Every request is answered, because the CLI waits for ever.
 */
public final class ControlRouter {
    private static final Logger log = LoggerFactory.getLogger(ControlRouter.class);
    private static final String UNSUPPORTED = "unsupported_request";
    private static final Pattern REQUEST_ID = Pattern.compile("\"request_id\"\\s*:\\s*\"([^\"\\\\]+)\"");

    /** A request under way. */
    public interface Call {
        /** Whether an answer is still wanted. */
        boolean open();

        /** Answers at once instead of the handler, whose thread is interrupted; nothing if it is not open any more. */
        void answer(Supplier<ObjectNode> payload);

        /** Has {@code effect} run if it is the handler's own answer that is sent, and not a refusal in its place. */
        void onAnswer(Runnable effect);
    }

    /** Answers one kind of request. */
    @FunctionalInterface
    public interface Handler {
        /** The payload of the answer; an exception becomes an error answer. */
        ObjectNode handle(JsonNode request, Call call) throws Exception;

        /** How long that may take, or null; then the thread is interrupted and {@link #expired} answers. */
        default @Nullable Duration limit(JsonNode request) {
            return null;
        }

        /** The payload of the answer when it takes too long. Runs beside the handler. */
        default ObjectNode expired(JsonNode request) {
            throw new IllegalStateException("it took too long");
        }
    }

    private final Connection connection;
    private final Object session;
    private final Timer timer;
    private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
    private final Map<String, Thread> running = new ConcurrentHashMap<>();

    /** Those that nothing waits for. */
    private final Set<Thread> besides = ConcurrentHashMap.newKeySet();

    private volatile long lastAnswer;
    private volatile boolean ended;

    ControlRouter(Connection connection, Object session, Timer timer) {
        this.timer = timer;
        this.connection = connection;
        this.session = session;
        this.lastAnswer = timer.nanoTime();
    }

    /** Has requests of {@code subtype} answered by {@code handler}. */
    public void handle(String subtype, Handler handler) {
        handlers.put(subtype, handler);
    }

    /** Pump. */
    void route(Inbound.ControlRequest request) {
        Handler handler = handlers.get(request.subtype());
        if (handler == null) {
            connection.respondError(
                    request.requestId(), "Unsupported control request subtype: " + request.subtype(), UNSUPPORTED);
            return;
        }
        Thread thread = Thread.ofVirtual()
                .inheritInheritableThreadLocals(false)
                .name("claude-sessions-" + request.subtype())
                .unstarted(() -> Callbacks.runOnOwnThread(session, () -> run(handler, request)));
        running.put(request.requestId(), thread);
        if (ended) {
            running.remove(request.requestId()); // nobody waits for an answer, so nothing may be done for it
        } else {
            thread.start();
        }
    }

    /** Runs {@code task} in a callback's thread of its own, which is interrupted when the session ends. */
    void beside(Runnable task) {
        Thread thread = Thread.ofVirtual()
                .inheritInheritableThreadLocals(false)
                .name("claude-sessions-beside")
                .unstarted(() -> Callbacks.runOnOwnThread(session, () -> {
                    try {
                        task.run();
                    } finally {
                        besides.remove(Thread.currentThread());
                    }
                }));
        besides.add(thread);
        thread.start();
        if (ended) {
            thread.interrupt();
        }
    }

    private void run(Handler handler, Inbound.ControlRequest request) {
        String id = request.requestId();
        Running call = new Running(id);
        Flight.Span span = Flight.asked(request.subtype());
        Timer.Alarm alarm = () -> {};
        ObjectNode payload;
        try {
            Duration limit = handler.limit(request.request());
            if (limit != null) {
                Runnable expire = () -> call.answer(() -> handler.expired(request.request()));
                alarm = timer.after(limit, () -> Thread.startVirtualThread(expire));
            }
            payload = handler.handle(request.request(), call);
        } catch (Exception | Error e) {
            boolean wanted = finish(id) != null;
            span.end(wanted ? "failed" : "cancelled");
            if (wanted) {
                refuse(request, e);
            }
            return;
        } finally {
            alarm.cancel();
        }
        boolean wanted = finish(id) != null;
        span.end(wanted ? "answered" : "cancelled");
        if (wanted) {
            try {
                call.effect.run();
                connection.respond(id, payload);
            } catch (RuntimeException e) { // a value in it has no JSON
                refuse(request, e);
            }
        }
    }

    private final class Running implements Call {
        private final String id;

        /** The handler's thread sets and runs it. */
        private Runnable effect = () -> {};

        Running(String id) {
            this.id = id;
        }

        @Override
        public boolean open() {
            return running.containsKey(id);
        }

        @Override
        public void answer(Supplier<ObjectNode> payload) {
            Thread thread = finish(id);
            if (thread == null) {
                return;
            }
            thread.interrupt();
            try {
                connection.respond(id, payload.get());
            } catch (RuntimeException e) {
                connection.respondError(id, "the handler took too long", null);
            }
        }

        @Override
        public void onAnswer(Runnable then) {
            effect = then;
        }
    }

    /** Returns the thread that is at work on request {@code id}, or null if it is settled already. */
    private @Nullable Thread finish(String id) {
        lastAnswer = timer.nanoTime();
        return running.remove(id);
    }

    private void refuse(Inbound.ControlRequest request, Throwable failure) {
        log.warn("A handler of {} failed", request.subtype(), failure);
        connection.respondError(
                request.requestId(), "the handler failed: " + failure.getClass().getSimpleName(), null);
    }

    /** Pump: the answer is no longer wanted. */
    void cancel(String requestId) {
        Thread thread = finish(requestId);
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Pump: a line was too long to be read; if it was a request, the CLI must not wait for its answer. */
    void refuseOversize(String head) {
        Matcher id = REQUEST_ID.matcher(head);
        if (head.contains("\"control_request\"") && id.find()) {
            connection.respondError(id.group(1), "the request is longer than the host reads", UNSUPPORTED);
        }
    }

    /** Whether a handler is at work, so that the CLI may be waiting for it. */
    boolean busy() {
        return !running.isEmpty();
    }

    /** When a handler was last at work, by the timer. */
    long lastAnswer() {
        return lastAnswer;
    }

    void end() {
        ended = true;
        running.keySet().forEach(this::cancel);
        besides.forEach(Thread::interrupt);
    }
}
