package io.github.claudesessions.internal;

import java.time.Duration;

/** The clock and the alarm of the library, so that tests can turn the hands themselves. */
public interface Timer {
    /** Nanoseconds since some fixed moment. */
    long nanoTime();

    /** Runs {@code task} after {@code delay}. The task must be short; it runs on a thread that others share. */
    Alarm after(Duration delay, Runnable task);

    /** A task that waits for its time. */
    @FunctionalInterface
    interface Alarm {
        /** Harmless if the task has run. */
        void cancel();
    }

    /** The real one: one daemon thread for the whole library. */
    static Timer system() {
        return SystemTimer.INSTANCE;
    }
}
