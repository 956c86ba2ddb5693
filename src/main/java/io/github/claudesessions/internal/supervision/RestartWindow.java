package io.github.claudesessions.internal.supervision;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts restarts: more than {@code max} within the time are too many. Pure; the caller has the clock and the lock. */
final class RestartWindow {
    private final int max;
    private final long within;
    private final Deque<Long> restarts = new ArrayDeque<>();

    RestartWindow(int max, Duration within) {
        this.max = max;
        this.within = within.toNanos();
    }

    /** Whether one more restart is allowed at {@code now}, in nanoseconds; if so, it is counted. */
    boolean allows(long now) {
        while (!restarts.isEmpty() && now - restarts.getFirst() >= within) {
            restarts.removeFirst();
        }
        if (restarts.size() >= max) {
            return false;
        }
        restarts.addLast(now);
        return true;
    }

    /** Forgets all: a person has looked into it. */
    void reset() {
        restarts.clear();
    }
}
