package io.github.claudesessions.message;

import java.util.Map;

/**
 * A file for the container that the API runs code in. Wire type {@code container_upload}.
 *
 * @param fileId its id at the API
 * @param fields all fields of the block
 */
public record ContainerUploadBlock(String fileId, Map<String, Object> fields) implements ContentBlock {
    /** Copies the collections. */
    public ContainerUploadBlock {
        fields = Copies.map(fields);
    }
}
