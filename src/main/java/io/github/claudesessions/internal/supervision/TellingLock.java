package io.github.claudesessions.internal.supervision;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/** A lock that runs, once it is released, what must not run while it is held: whatever calls foreign code. */
@SuppressWarnings("serial")
final class TellingLock extends ReentrantLock {
    private final transient Deque<Runnable> actions = new ArrayDeque<>();

    /** Runs {@code action} when the calling thread, which holds the lock, has released it. */
    void afterwards(Runnable action) {
        actions.addLast(action);
    }

    @Override
    public void unlock() {
        Deque<Runnable> due = new ArrayDeque<>();
        if (getHoldCount() == 1) {
            due.addAll(actions);
            actions.clear();
        }
        super.unlock();
        due.forEach(Runnable::run);
    }
}
