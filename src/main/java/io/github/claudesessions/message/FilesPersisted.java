package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files were uploaded. Wire type {@code system/files_persisted}.
 *
 * @param files those that were
 * @param failed those that could not be
 * @param processedAt when, in ISO 8601
 */
public record FilesPersisted(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        List<Persisted> files,
        List<Failed> failed,
        String processedAt)
        implements SystemMessage {
    /** Copies the collections. */
    public FilesPersisted {
        files = List.copyOf(files);
        failed = List.copyOf(failed);
    }

    /**
     * An uploaded file.
     *
     * @param filename its name
     * @param fileId its id at the API
     */
    public record Persisted(String filename, String fileId) {}

    /**
     * A file that could not be uploaded.
     *
     * @param filename its name
     * @param error what went wrong
     */
    public record Failed(String filename, String error) {}
}
