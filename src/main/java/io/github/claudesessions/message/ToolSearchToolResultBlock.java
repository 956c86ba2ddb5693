package io.github.claudesessions.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools that a search of the API found. Wire type {@code tool_search_tool_result}. */
public record ToolSearchToolResultBlock(
        String toolUseId, @Nullable Object content, Map<String, Object> fields) implements ServerToolResultBlock {
    /** Copies the collections. */
    public ToolSearchToolResultBlock {
        fields = Copies.map(fields);
    }
}
