package io.github.claudesessions.internal.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder that only this user can read, for as long as one process lives. */
final class PrivateFolder {
    private static final Logger log = LoggerFactory.getLogger(PrivateFolder.class);

    private final Path path;

    private PrivateFolder(Path path) {
        this.path = path;
    }

    static PrivateFolder create() {
        try {
            Path parent = Path.of(System.getProperty("java.io.tmpdir"));
            boolean posix = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
            return new PrivateFolder(
                    posix
                            ? Files.createTempDirectory(
                                    parent,
                                    "claude-sessions-",
                                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")))
                            : Files.createTempDirectory(parent, "claude-sessions-"));
        } catch (IOException e) {
            throw new UncheckedIOException("can't create a private folder in java.io.tmpdir", e);
        }
    }

    Path path() {
        return path;
    }

    /** Removes the folder and all that is in it, without following links. A rest that stays is logged. */
    void delete() {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                    Files.deleteIfExists(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            log.warn("A private folder of a session could not be removed: {}", path, e);
        }
    }
}
