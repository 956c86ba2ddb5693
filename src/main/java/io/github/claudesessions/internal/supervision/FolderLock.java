package io.github.claudesessions.internal.supervision;

import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.internal.json.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a folder for one user of it at a time, in this JVM and in others. The end of the JVM, whatever it is, frees it. */
final class FolderLock implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FolderLock.class);

    /** Those of this JVM: a lock file must not be opened twice in it, because closing either frees the lock. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
    }

    /**
     * Locks {@code folder}, which exists.
     *
     * @throws LaunchException if another has it; the message says who
     */
    static FolderLock of(Path folder) throws IOException {
        Path real = folder.toRealPath();
        if (!HELD.add(real)) {
            throw inUse(folder, "another supervisor of this JVM");
        }
        FileChannel channel = null;
        try {
            Path file = real.resolve("lock");
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw inUse(folder, "another JVM: " + Files.readString(file).strip());
            }
            byte[] self =
                    Json.line(Json.object().put("pid", ProcessHandle.current().pid()));
            channel.truncate(0).write(ByteBuffer.wrap(self));
            return new FolderLock(real, channel);
        } catch (IOException | RuntimeException | Error e) {
            close(channel);
            HELD.remove(real);
            throw e;
        }
    }

    private static LaunchException inUse(Path folder, String whom) {
        return new LaunchException(
                "the state folder %s is used by %s".formatted(folder, whom),
                LaunchException.Reason.FOLDER_IN_USE,
                null);
    }

    @Override
    public void close() {
        if (channel.isOpen()) {
            close(channel);
            HELD.remove(folder);
        }
    }

    private static void close(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            log.debug("A lock file can't be closed", e);
        }
    }
}
