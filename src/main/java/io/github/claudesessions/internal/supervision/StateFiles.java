package io.github.claudesessions.internal.supervision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.OwnedFolder;
import io.github.claudesessions.internal.json.Json;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small JSON files in a folder that belongs to this user alone. Each is there as a whole or not at all. */
record StateFiles(Path folder) {
    private static final Logger log = LoggerFactory.getLogger(StateFiles.class);
    private static final String SUFFIX = ".json";
    private static final String UNFINISHED = ".tmp";
    private static final long MAX_BYTES = 16 * 1024 * 1024;

    /** Makes the folder if it is not there, and removes what a JVM that was killed was writing. */
    static StateFiles in(Path folder) throws IOException {
        OwnedFolder.ensure(folder);
        try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path file : unfinished) {
                Files.deleteIfExists(file);
            }
        }
        return new StateFiles(folder);
    }

    Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }

    List<Path> all() throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            found.forEach(files::add);
        }
        return files;
    }

    /** What is in the file, or null if it is not there, or is not what {@code parse} expects; that is logged. */
    static <T> @Nullable T read(Path file, Function<JsonNode, T> parse) {
        try {
            return readStrictly(file, parse);
        } catch (IOException e) {
            log.warn("A file of the state folder is skipped, {}: {}", file, e.getMessage());
            return null;
        }
    }

    /**
     * What is in the file, or null if it is not there.
     *
     * @throws IOException if it is not what {@code parse} expects; the message has nothing of its content
     */
    static <T> @Nullable T readStrictly(Path file, Function<JsonNode, T> parse) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        try {
            Check.that(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS), "it must be a file");
            long size = Files.size(file);
            Check.that(size <= MAX_BYTES, "it must not be larger than %d bytes, was %d", MAX_BYTES, size);
            return parse.apply(Json.MAPPER.readTree(Files.readAllBytes(file)));
        } catch (JsonProcessingException e) {
            throw new IOException("it is not JSON");
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Writes the file, which only its owner can read; whether that could be done. If not, it is logged. */
    static boolean write(Path file, ObjectNode content) {
        boolean interrupted = Thread.interrupted(); // it would close the file
        try {
            Path unfinished = Files.createTempFile(file.getParent(), null, UNFINISHED);
            try {
                Files.write(unfinished, Json.line(content));
                try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                    channel.force(false); // else a power failure can leave the name without the content
                }
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return true;
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            log.warn("A file of the state folder can't be written, what it had before still counts: {}", file, e);
            return false;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            log.warn("A file of the state folder can't be removed: {}", file, e);
        }
    }
}
