package io.github.claudesessions.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a web search of the API found. Wire type {@code web_search_tool_result}. */
public record WebSearchToolResultBlock(
        String toolUseId, @Nullable Object content, Map<String, Object> fields) implements ServerToolResultBlock {
    /** Copies the collections. */
    public WebSearchToolResultBlock {
        fields = Copies.map(fields);
    }
}
