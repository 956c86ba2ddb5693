package io.github.claudesessions.functional;

import io.github.claudesessions.cli.ClaudeCli;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Looks all the time how many processes of the CLI this JVM has, until it is closed. Asks the system only. */
final class ProcessCount implements AutoCloseable {
    private static final long PAUSE = Duration.ofMillis(20).toNanos();

    private final String cli = ClaudeCli.managed().resolve().toString();
    private volatile long most;
    private volatile boolean closed;

    private final Thread thread =
            Thread.ofPlatform().daemon().name("process-count").start(this::run);

    private void run() {
        while (!closed) {
            most = Math.max(most, now());
            LockSupport.parkNanos(PAUSE);
        }
    }

    /** One that has ended, and whose end nobody has looked at yet, has no command. */
    private long now() {
        return ProcessHandle.current()
                .children()
                .filter(child -> Processes.commandLine(child.pid()).startsWith(cli))
                .count();
    }

    long most() {
        return most;
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
