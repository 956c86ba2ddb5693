package io.github.claudesessions.internal.process;

import io.github.claudesessions.internal.Timer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * A stderr that nobody listens to costs a file, not a thread. The process appends to the file, so cutting it to nothing
 * while it is open is safe; the shared timer does that when it has become large.
 */
final class StderrFile implements Stderr {
    private static final long MAX_BYTES = 16L * 1024 * 1024;
    private static final Duration CHECK_INTERVAL = Duration.ofMinutes(1);

    private final Path file;
    private final Timer timer;
    private volatile Timer.Alarm nextCheck;
    private volatile boolean closed;

    StderrFile(Path file, Timer timer) {
        this.file = file;
        this.timer = timer;
        nextCheck = timer.after(CHECK_INTERVAL, this::check);
    }

    @Override
    public String tail() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(size, TAIL_BYTES));
            long position = size - bytes.capacity();
            while (bytes.hasRemaining()) {
                int read = channel.read(bytes, position + bytes.position());
                if (read < 0) {
                    break;
                }
            }
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public void close() {
        closed = true;
        nextCheck.cancel();
    }

    private void check() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (channel.size() > MAX_BYTES) {
                channel.truncate(0);
            }
        } catch (IOException e) {
            return; // the folder is gone: so is the process
        }
        if (!closed) {
            nextCheck = timer.after(CHECK_INTERVAL, this::check);
        }
    }
}
