package io.github.claudesessions.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stderr that somebody listens to: a thread of its own hands over each line as it comes. */
final class StderrPump implements Stderr {
    private static final Logger log = LoggerFactory.getLogger(StderrPump.class);
    private static final int MAX_LINE_CHARS = 16 * 1024;

    private final Consumer<String> listener;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final StringBuilder tail = new StringBuilder();

    StderrPump(InputStream in, long pid, Consumer<String> listener) {
        this.listener = listener;
        thread = Threads.startPump("claude-sessions-stderr-" + pid, () -> pump(in));
    }

    private void pump(InputStream in) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                if (c != '\n') {
                    line.append((char) c);
                }
                if (c == '\n' || line.length() == MAX_LINE_CHARS) {
                    deliver(line);
                }
            }
            if (!line.isEmpty()) {
                deliver(line);
            }
        } catch (IOException e) {
            log.debug("stderr ended: {}", e.getMessage());
        }
    }

    private void deliver(StringBuilder line) {
        String text = line.toString();
        line.setLength(0);
        lock.lock();
        try {
            tail.append(text).append('\n');
            if (tail.length() > 2 * TAIL_BYTES) {
                tail.delete(0, tail.length() - TAIL_BYTES);
            }
        } finally {
            lock.unlock();
        }
        try {
            listener.accept(text);
        } catch (Throwable e) { // the pipe must be drained whatever the listener does
            log.warn("A stderr listener failed", e);
        }
    }

    @Override
    public String tail() {
        lock.lock();
        try {
            return tail.substring(Math.max(0, tail.length() - TAIL_BYTES));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        try {
            thread.join(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
