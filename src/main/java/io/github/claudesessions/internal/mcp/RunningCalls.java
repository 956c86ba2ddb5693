package io.github.claudesessions.internal.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.internal.protocol.ControlRouter;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The requests to one server that are under way, by their id. */
final class RunningCalls {
    static final int REMEMBERED = 1000;

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<JsonNode, ControlRouter.Call> calls = new HashMap<>();

    /** A cancellation has a thread of its own and can be faster than its call. */
    @GuardedBy("lock")
    private final SequencedSet<JsonNode> cancelled = new LinkedHashSet<>();

    /** Notes a call; false if it is cancelled already. */
    boolean add(JsonNode id, ControlRouter.Call call) {
        lock.lock();
        try {
            if (cancelled.remove(id)) {
                return false;
            }
            calls.put(id, call);
            return true;
        } finally {
            lock.unlock();
        }
    }

    void remove(JsonNode id, ControlRouter.Call call) {
        lock.lock();
        try {
            calls.remove(id, call);
        } finally {
            lock.unlock();
        }
    }

    /** Has {@code payload} answer the call instead of its handler, which is interrupted. */
    void cancel(JsonNode id, Supplier<ObjectNode> payload) {
        ControlRouter.Call call;
        lock.lock();
        try {
            call = calls.remove(id);
            if (call == null && cancelled.add(id) && cancelled.size() > REMEMBERED) {
                cancelled.removeFirst(); // most are of calls that had ended; a call is never far behind
            }
        } finally {
            lock.unlock();
        }
        if (call != null) {
            call.answer(payload);
        }
    }

    /** A new connection counts its requests anew. */
    void forget() {
        lock.lock();
        try {
            cancelled.clear();
        } finally {
            lock.unlock();
        }
    }
}
