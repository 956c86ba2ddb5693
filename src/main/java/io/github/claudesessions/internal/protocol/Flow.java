package io.github.claudesessions.internal.protocol;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Back-pressure between the pump and those who read what it delivers. The pump waits while a reader has too much left
 * to read, but never while a control answer is awaited, because that answer comes through the same pipe.
 */
final class Flow {
    final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final long maxBytes;
    private final BooleanSupplier mustRun;

    @GuardedBy("lock")
    private boolean ended;

    @GuardedBy("lock")
    private boolean waiting;

    /**
     * @param maxBytes how much may be undelivered to one reader
     * @param mustRun whether the pump must go on whatever is undelivered; called with the lock held
     */
    Flow(long maxBytes, BooleanSupplier mustRun) {
        this.maxBytes = maxBytes;
        this.mustRun = mustRun;
    }

    boolean full(long bytes) {
        return bytes > maxBytes;
    }

    /** Called by the pump: returns when {@code full} no longer holds or no longer matters. */
    void awaitRoom(BooleanSupplier full) {
        lock.lock();
        try {
            waiting = true;
            while (!ended && full.getAsBoolean() && !mustRun.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
            waiting = false;
        } finally {
            lock.unlock();
        }
    }

    /** Whether the pump waits for a reader. */
    boolean blocked() {
        lock.lock();
        try {
            return waiting;
        } finally {
            lock.unlock();
        }
    }

    /** Something that the pump waits for may have changed. */
    void changed() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The pump must not wait any more. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
