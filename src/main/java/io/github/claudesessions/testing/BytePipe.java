package io.github.claudesessions.testing;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A pipe in memory that behaves as one of the operating system: bounded, and broken when its reader is gone. */
final class BytePipe {
    private static final int CAPACITY = 64 * 1024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private final byte[] ring = new byte[CAPACITY];

    @GuardedBy("lock")
    private int start;

    @GuardedBy("lock")
    private int size;

    @GuardedBy("lock")
    private boolean ended;

    final InputStream in = new In();
    final OutputStream out = new Out();

    /** No reader any more: writes fail, and what is there is lost. */
    void breakOff() {
        lock.lock();
        try {
            ended = true;
            size = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int read(byte[] target, int offset, int length) throws IOException {
        lock.lock();
        try {
            try {
                while (size == 0 && !ended) {
                    changed.await();
                }
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
            if (size == 0) {
                return -1;
            }
            int count = Math.min(length, Math.min(size, CAPACITY - start));
            System.arraycopy(ring, start, target, offset, count);
            start = (start + count) % CAPACITY;
            size -= count;
            changed.signalAll();
            return count;
        } finally {
            lock.unlock();
        }
    }

    private void write(byte[] source, int offset, int length) throws IOException {
        int done = 0;
        lock.lock();
        try {
            while (done < length) {
                while (size == CAPACITY && !ended) {
                    changed.awaitUninterruptibly(); // an interrupt must not cut a line in two
                }
                if (ended) {
                    throw new IOException("Broken pipe");
                }
                int end = (start + size) % CAPACITY;
                int count = Math.min(length - done, Math.min(CAPACITY - size, CAPACITY - end));
                System.arraycopy(source, offset + done, ring, end, count);
                size += count;
                done += count;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private static IOException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return (IOException) new InterruptedIOException("interrupted in a pipe").initCause(cause);
    }

    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return BytePipe.this.read(target, offset, length);
        }

        @Override
        public void close() {
            breakOff();
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            BytePipe.this.write(source, offset, length);
        }

        @Override
        public void close() {
            end();
        }
    }
}
