package io.github.claudesessions.internal.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.locks.ReentrantLock;

/** The calls of one server that are under way, by the id of their request. */
final class RunningCalls {
    static final int REMEMBERED = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<JsonNode, ToolCall> calls = new HashMap<>();

    /** A cancellation has a thread of its own and can be faster than its call. */
    private final SequencedSet<JsonNode> cancelled = new LinkedHashSet<>();

    void add(JsonNode id, ToolCall call) {
        boolean late;
        lock.lock();
        try {
            calls.put(id, call);
            late = cancelled.remove(id);
        } finally {
            lock.unlock();
        }
        if (late) {
            call.cancel();
        }
    }

    void remove(JsonNode id, ToolCall call) {
        lock.lock();
        try {
            calls.remove(id, call);
        } finally {
            lock.unlock();
        }
    }

    void cancel(JsonNode id) {
        ToolCall call;
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
            call.cancel();
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
