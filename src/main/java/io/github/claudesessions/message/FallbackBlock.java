package io.github.claudesessions.message;

import java.util.Map;

/**
 * Another model goes on from here. Wire type {@code fallback}.
 *
 * @param fields all fields of the block
 */
public record FallbackBlock(Map<String, Object> fields) implements ContentBlock {
    /** Copies the collections. */
    public FallbackBlock {
        fields = Copies.map(fields);
    }
}
