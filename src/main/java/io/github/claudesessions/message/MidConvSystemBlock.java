package io.github.claudesessions.message;

import java.util.Map;

/**
 * An instruction of the system within the conversation. Wire type {@code mid_conv_system}.
 *
 * @param fields all fields of the block
 */
public record MidConvSystemBlock(Map<String, Object> fields) implements ContentBlock {
    /** Copies the collections. */
    public MidConvSystemBlock {
        fields = Copies.map(fields);
    }
}
