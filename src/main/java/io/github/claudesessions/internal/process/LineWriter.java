package io.github.claudesessions.internal.process;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes whole lines to a pipe, in the order of the calls. Any thread may call; nobody but a thread of the executor
 * ever blocks in the pipe, and no lock is held while it does, so a reader that has stopped stops no caller.
 */
public final class LineWriter {
    private static final class Line {
        final byte[] bytes;
        final CompletableFuture<Void> written = new CompletableFuture<>();

        Line(byte[] bytes) {
            this.bytes = bytes;
        }
    }

    private final OutputStream out;
    private final Executor executor;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final ArrayDeque<Line> queue = new ArrayDeque<>();

    @GuardedBy("lock")
    private boolean draining;

    @GuardedBy("lock")
    private boolean closing;

    @GuardedBy("lock")
    private @Nullable IOException failure;

    public LineWriter(OutputStream out, Executor executor) {
        this.out = out;
        this.executor = executor;
    }

    /**
     * Queues {@code line}, which ends with its newline. The future completes when the pipe has taken it, or fails with
     * an {@link IOException} when the pipe is broken or closed.
     */
    public CompletableFuture<Void> write(byte[] line) {
        Line entry = new Line(line);
        lock.lock();
        try {
            if (failure != null || closing) {
                IOException cause = failure != null ? failure : new IOException("the input of the process is closed");
                entry.written.completeExceptionally(cause);
                return entry.written;
            }
            queue.add(entry);
            try {
                startDraining();
            } catch (RuntimeException | Error e) {
                queue.removeLast();
                throw e;
            }
        } finally {
            lock.unlock();
        }
        return entry.written;
    }

    /** Ends the stream after what is queued. Returns at once. */
    public void close() {
        lock.lock();
        try {
            if (!closing) {
                closing = true;
                startDraining();
            }
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void startDraining() {
        if (!draining) {
            draining = true;
            try {
                executor.execute(this::drain);
            } catch (RuntimeException | Error e) { // no thread is to be had: a later write may find one
                draining = false;
                throw e;
            }
        }
    }

    private void drain() {
        for (Line line = next(); line != null; line = next()) {
            try {
                out.write(line.bytes);
                out.flush();
                line.written.complete(null);
            } catch (IOException | RuntimeException e) {
                IOException cause = e instanceof IOException io ? io : new IOException("the transport failed", e);
                fail(cause);
                line.written.completeExceptionally(cause);
            }
        }
    }

    private @Nullable Line next() {
        boolean close;
        lock.lock();
        try {
            Line line = queue.poll();
            if (line != null) {
                return line;
            }
            close = closing;
            if (!close) {
                draining = false;
            }
        } finally {
            lock.unlock();
        }
        if (close) {
            // draining stays true: nothing may follow
            try {
                out.close();
            } catch (IOException e) {
                fail(e);
            }
        }
        return null;
    }

    private void fail(IOException cause) {
        ArrayDeque<Line> rest;
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
            }
            rest = new ArrayDeque<>(queue);
            queue.clear();
        } finally {
            lock.unlock();
        }
        rest.forEach(line -> line.written.completeExceptionally(cause));
    }
}
