package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attachments of a prompt did not arrive. Wire type {@code system/file_attachments_missing}.
 *
 * @param messageUuid the prompt
 * @param sentCount how many were sent
 * @param missing those that did not arrive
 */
public record FileAttachmentsMissing(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String messageUuid,
        int sentCount,
        List<Missing> missing)
        implements SystemMessage {
    /** Copies the collections. */
    public FileAttachmentsMissing {
        missing = List.copyOf(missing);
    }

    /**
     * An attachment that did not arrive.
     *
     * @param fileUuid its id
     * @param reason why
     */
    public record Missing(String fileUuid, String reason) {}
}
