package io.github.claudesessions.internal.mcp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands values on one at a time. Of those that come while one is under way only the latest is kept: a sender that is
 * faster than the receiver fills no queue. Whoever offers does not wait.
 */
final class LatestOnly<T> {
    private static final Logger log = LoggerFactory.getLogger(LatestOnly.class);

    private final String threadName;
    private final Consumer<? super T> receiver;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private @Nullable T latest;

    @GuardedBy("lock")
    private boolean busy;

    /**
     * @param threadName of the virtual thread that there is while there is something to hand on
     * @param receiver may wait; what it throws is logged
     */
    LatestOnly(String threadName, Consumer<? super T> receiver) {
        this.threadName = threadName;
        this.receiver = receiver;
    }

    void offer(T value) {
        lock.lock();
        try {
            latest = value;
            if (busy) {
                return;
            }
            busy = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name(threadName).start(this::handOn);
    }

    private void handOn() {
        for (T value = take(); value != null; value = take()) {
            try {
                receiver.accept(value);
            } catch (RuntimeException | Error e) {
                log.debug("A notice was not taken", e);
            }
        }
    }

    private @Nullable T take() {
        lock.lock();
        try {
            T value = latest;
            latest = null;
            busy = value != null;
            return value;
        } finally {
            lock.unlock();
        }
    }
}
