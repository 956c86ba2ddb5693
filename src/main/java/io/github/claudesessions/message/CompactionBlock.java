package io.github.claudesessions.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A summary that the API put in place of earlier messages. Wire type {@code compaction}.
 *
 * @param content the summary, or null
 * @param fields all fields of the block
 */
public record CompactionBlock(@Nullable String content, Map<String, Object> fields) implements ContentBlock {
    /** Copies the collections. */
    public CompactionBlock {
        fields = Copies.map(fields);
    }
}
