package io.github.claudesessions.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Held by the one thread on the machine that installs into a folder. The system gives it back when its process dies,
 * however it dies. A lock between JVMs does not hold between the threads of one, hence the second lock.
 */
final class InstallLock implements AutoCloseable {
    private static final ConcurrentHashMap<Path, ReentrantLock> LOCAL = new ConcurrentHashMap<>();
    private static final long POLL_MILLIS = 50;

    private final ReentrantLock local;
    private final FileChannel channel;

    private InstallLock(ReentrantLock local, FileChannel channel) {
        this.local = local;
        this.channel = channel;
    }

    /** Waits for the lock; {@code waiting} is run each time it is found taken. */
    static InstallLock acquire(Path file, Runnable waiting) throws IOException, InterruptedException {
        ReentrantLock local = LOCAL.computeIfAbsent(file, f -> new ReentrantLock());
        while (!local.tryLock(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
            waiting.run();
        }
        boolean acquired = false;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            while (tryLock(channel) == null) {
                waiting.run();
                // Polled, because a blocking lock() would hold the carrier of a virtual thread.
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
            acquired = true;
            return new InstallLock(local, channel);
        } finally {
            if (!acquired) {
                try {
                    if (channel != null) {
                        channel.close();
                    }
                } finally {
                    local.unlock();
                }
            }
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another class loader of this JVM has loaded this library too
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            local.unlock();
        }
    }
}
