package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.codec.Inbound;
import io.github.claudesessions.internal.json.Json;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Control requests that wait for their answer. Each ends exactly once: by its answer, its limit, or the end of all. */
final class PendingRequests {
    private record Pending(String subtype, CompletableFuture<JsonNode> answer, Timer.Alarm limit) {}

    private final Timer timer;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<String, Pending> pending = new HashMap<>();

    @GuardedBy("lock")
    private @Nullable Supplier<? extends ClaudeException> end;

    PendingRequests(Timer timer) {
        this.timer = timer;
    }

    /** Registers a request before it is written. */
    CompletableFuture<JsonNode> register(String id, String subtype, Duration limit) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        Supplier<? extends ClaudeException> ended;
        lock.lock();
        try {
            ended = end;
            if (ended == null) {
                Timer.Alarm alarm = timer.after(limit, () -> expire(id, subtype, limit));
                pending.put(id, new Pending(subtype, answer, alarm));
            }
        } finally {
            lock.unlock();
        }
        if (ended != null) {
            answer.completeExceptionally(ended.get());
        }
        return answer;
    }

    /** Hands over an answer; false if nobody waits for it any more. */
    boolean answer(Inbound.ControlResponse response) {
        Pending request = remove(response.requestId());
        if (request == null) {
            return false;
        }
        request.limit.cancel();
        if (response.success()) {
            JsonNode payload = response.response();
            request.answer.complete(payload == null ? Json.object() : payload);
        } else {
            String error = response.error() == null ? "no reason given" : response.error();
            request.answer.completeExceptionally(new ControlException(
                    "the CLI refused %s: %s".formatted(request.subtype, error),
                    request.subtype,
                    error,
                    response.errorCode()));
        }
        return true;
    }

    void fail(String id, ClaudeException failure) {
        Pending request = remove(id);
        if (request != null) {
            request.limit.cancel();
            request.answer.completeExceptionally(failure);
        }
    }

    /** Fails what waits, and whatever is registered later. */
    void end(Supplier<? extends ClaudeException> failure) {
        List<Pending> rest;
        lock.lock();
        try {
            if (end != null) {
                return;
            }
            end = failure;
            rest = List.copyOf(pending.values());
            pending.clear();
        } finally {
            lock.unlock();
        }
        for (Pending request : rest) {
            request.limit.cancel();
            request.answer.completeExceptionally(failure.get());
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return pending.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private void expire(String id, String subtype, Duration limit) {
        fail(id, new TimeLimitException("no answer to %s within %s".formatted(subtype, limit), subtype, limit));
    }

    private @Nullable Pending remove(String id) {
        lock.lock();
        try {
            return pending.remove(id);
        } finally {
            lock.unlock();
        }
    }
}
