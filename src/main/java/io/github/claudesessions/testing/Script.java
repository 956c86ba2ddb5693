package io.github.claudesessions.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What to answer and what has been asked. Test threads and connection threads meet here, under one lock; the handler runs
 * outside of it.
 */
final class Script {
    /** The reply to give; {@code handler} decides when the queue had none. */
    record Step(Optional<Reply> reply, @Nullable Function<? super ApiRequest, Reply> handler) {}

    private record Refused(List<String> prompts, Reply error) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();

    @GuardedBy("lock")
    private final Queue<Reply> replies = new ArrayDeque<>();

    @GuardedBy("lock")
    private final List<ApiRequest> all = new ArrayList<>();

    @GuardedBy("lock")
    private final List<ApiRequest> turns = new ArrayList<>();

    @GuardedBy("lock")
    private final Map<String, Refused> refused = new HashMap<>();

    @GuardedBy("lock")
    private @Nullable Function<? super ApiRequest, Reply> handler;

    void add(Collection<Reply> more) {
        lock.lock();
        try {
            replies.addAll(more);
        } finally {
            lock.unlock();
        }
    }

    void handler(Function<? super ApiRequest, Reply> replacement) {
        lock.lock();
        try {
            handler = replacement;
        } finally {
            lock.unlock();
        }
    }

    /** Records {@code request}; for a turn, takes the next reply. */
    Step next(ApiRequest request) {
        lock.lock();
        try {
            all.add(request);
            if (!request.kind().isTurn()) {
                return new Step(Optional.empty(), null);
            }
            Refused before = refused.remove(speaker(request));
            if (before != null
                    && request.sessionId().isPresent()
                    && before.prompts().equals(request.prompts())) {
                refused.put(speaker(request), before);
                return new Step(Optional.of(before.error()), null);
            }
            turns.add(request);
            arrived.signalAll();
            return new Step(Optional.ofNullable(replies.poll()), handler);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Remembers a final error, so that the same prompt sent once more gets it once more. The CLI (2.1.330) tries a 400
     * again without one beta after the other and without tools that are loaded later, a 404 without streaming.
     */
    void answering(ApiRequest request, Reply reply) {
        Failure failure = reply.failure();
        if (failure == null || failure.retryable()) {
            return;
        }
        lock.lock();
        try {
            refused.put(speaker(request), new Refused(request.prompts(), reply));
        } finally {
            lock.unlock();
        }
    }

    List<ApiRequest> turns() {
        lock.lock();
        try {
            return List.copyOf(turns);
        } finally {
            lock.unlock();
        }
    }

    List<ApiRequest> all() {
        lock.lock();
        try {
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    int unused() {
        lock.lock();
        try {
            return replies.size();
        } finally {
            lock.unlock();
        }
    }

    List<ApiRequest> awaitTurns(int count, Duration limit) throws InterruptedException {
        long nanos = limit.toNanos();
        lock.lockInterruptibly();
        try {
            while (turns.size() < count && nanos > 0) {
                nanos = arrived.awaitNanos(nanos);
            }
            return List.copyOf(turns);
        } finally {
            lock.unlock();
        }
    }

    private static String speaker(ApiRequest request) {
        return Objects.toString(request.sessionId().orElse(null))
                + '/'
                + request.agentId().orElse("");
    }
}
