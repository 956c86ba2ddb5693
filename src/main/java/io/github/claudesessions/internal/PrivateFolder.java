package io.github.claudesessions.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A temporary folder that only this user can read, removed by {@link #close()} with all that is in it. */
public final class PrivateFolder implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PrivateFolder.class);

    /** A process that is just ending may add a file behind the first pass. */
    private static final int PASSES = 2;

    private final Path path;

    private PrivateFolder(Path path) {
        this.path = path;
    }

    /** Makes a folder in {@code java.io.tmpdir} whose name begins with {@code prefix}. */
    public static PrivateFolder create(String prefix) {
        try {
            Path parent = Path.of(System.getProperty("java.io.tmpdir"));
            boolean posix = parent.getFileSystem().supportedFileAttributeViews().contains("posix");
            FileAttribute<?>[] attributes = posix
                    ? new FileAttribute<?>[] {
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                    }
                    : new FileAttribute<?>[0];
            // the real path, because the CLI names folders by it and macOS has its temporary folder behind a link
            return new PrivateFolder(
                    Files.createTempDirectory(parent, prefix, attributes).toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException("can't create a private folder in java.io.tmpdir", e);
        }
    }

    /** The one that is at {@code path}, to be removed. */
    public static PrivateFolder at(Path path) {
        return new PrivateFolder(path);
    }

    public Path path() {
        return path;
    }

    /** Removes as much as can be removed, without following links; a rest that stays is logged. Idempotent. */
    @Override
    public void close() {
        for (int pass = 0; pass < PASSES && Files.exists(path, LinkOption.NOFOLLOW_LINKS); pass++) {
            try {
                Files.walkFileTree(path, new Deleter());
            } catch (IOException e) {
                log.debug("{} can't be read", path, e);
            }
        }
        if (Files.exists(path)) {
            log.warn("A temporary folder could not be removed: {}", path);
        }
    }

    private static final class Deleter extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            return delete(file);
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
            return delete(folder);
        }

        private static FileVisitResult delete(Path path) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                log.debug("{} is not removed", path, e);
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
