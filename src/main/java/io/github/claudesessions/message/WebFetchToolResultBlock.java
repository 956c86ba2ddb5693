package io.github.claudesessions.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a web fetch of the API got. Wire type {@code web_fetch_tool_result}. */
public record WebFetchToolResultBlock(
        String toolUseId, @Nullable Object content, Map<String, Object> fields) implements ServerToolResultBlock {
    /** Copies the collections. */
    public WebFetchToolResultBlock {
        fields = Copies.map(fields);
    }
}
