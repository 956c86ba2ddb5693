package io.github.claudesessions.internal.process;

import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads for blocking pipe I/O. They are platform threads: a virtual thread that blocks in a pipe holds its carrier,
 * so it saves no thread and can freeze every virtual thread of the host.
 */
public final class Threads {
    /** Pumps need little stack: decoding nests no deeper than a line of JSON does. */
    private static final long PUMP_STACK = 512 * 1024;

    private static final AtomicLong WRITERS = new AtomicLong();

    /** Grows with the number of writes that block at the same time, and shrinks to nothing when none do. */
    private static final Executor WRITER_POOL =
            new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(
                        null, task, "claude-sessions-writer-" + WRITERS.incrementAndGet(), PUMP_STACK, false);
                thread.setDaemon(true);
                return thread;
            });

    private Threads() {}

    /** Starts a daemon thread that may block in a pipe for as long as its process lives. */
    public static Thread startPump(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, PUMP_STACK, false);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Runs writes that may block. */
    public static Executor writers() {
        return WRITER_POOL;
    }
}
