package io.github.claudesessions.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder in the system's temp folder, removed with its content as far as possible. */
record PrivateFolder(Path path) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PrivateFolder.class);

    static PrivateFolder create() {
        try {
            // Resolved, because the CLI names folders by their real path and macOS has its temp folder behind a link.
            return new PrivateFolder(
                    Files.createTempDirectory("fake-anthropic-api-").toRealPath());
        } catch (IOException e) {
            throw new UncheckedIOException("no temp folder for the CLI's files can be made", e);
        }
    }

    @Override
    public void close() {
        // A CLI that is just ending may still add a file behind the first pass.
        for (int i = 0; i < 2 && Files.exists(path); i++) {
            try {
                Files.walkFileTree(path, new Deleter());
            } catch (IOException e) {
                log.debug("{} is not removed", path, e);
            }
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
