package io.github.claudesessions.internal.supervision;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.internal.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The conversations that the CLI has on disk: {@code projects/<folder of the cwd>/<session id>.jsonl}. */
public record Transcripts(Path configFolder) {
    private static final Logger log = LoggerFactory.getLogger(Transcripts.class);

    /** Rows that belong to no conversation are no reason to resume one. */
    private static boolean isMessage(JsonNode row) {
        String type = row.path("type").asText();
        return type.equals("user") || type.equals("assistant");
    }

    /** Whether there is something to resume. */
    boolean has(String sessionId) {
        return read(sessionId, null) != null;
    }

    /** Where the prompt is, or null if the conversation does not have it. */
    @Nullable
    Place find(String sessionId, String promptUuid) {
        return read(sessionId, promptUuid);
    }

    /**
     * Where a row is.
     *
     * @param before the uuid of the row that it follows, or null if it follows none
     * @param first whether no message comes before it in the file
     */
    record Place(@Nullable String before, boolean first) {}

    /**
     * Makes the conversation one that has not begun. Its file stays under another name, which the CLI does not look at.
     */
    boolean putAside(String sessionId) {
        Path file = file(sessionId);
        if (file == null) {
            return false;
        }
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ".cut"), StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            log.warn("A transcript can't be put aside: {}", file, e);
            return false;
        }
    }

    /** The row with that uuid, or the first message if it is null. */
    private @Nullable Place read(String sessionId, @Nullable String uuid) {
        Path file = file(sessionId);
        if (file == null) {
            return null;
        }
        boolean first = true;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode row = parse(line);
                if (row == null || !isMessage(row) || row.path("isSidechain").asBoolean()) {
                    continue;
                }
                if (uuid == null || row.path("uuid").asText().equals(uuid)) {
                    return new Place(row.path("parentUuid").textValue(), first);
                }
                first = false;
            }
        } catch (IOException e) {
            log.warn("A transcript can't be read: {}", file, e);
        }
        return null;
    }

    /** The last line of a killed process may be half a line. */
    private static @Nullable JsonNode parse(String line) {
        try {
            return Json.MAPPER.readTree(line);
        } catch (IOException e) {
            return null;
        }
    }

    private @Nullable Path file(String sessionId) {
        Path projects = configFolder.resolve("projects");
        if (!Files.isDirectory(projects)) {
            return null;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(projects)) {
            for (Path folder : folders) {
                Path file = folder.resolve(sessionId + ".jsonl");
                if (Files.isRegularFile(file)) {
                    return file;
                }
            }
        } catch (IOException e) {
            log.warn("Transcripts can't be listed: {}", projects, e);
        }
        return null;
    }
}
