package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Frozen;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool call that has run.
 *
 * @param toolName name of the tool
 * @param toolInput input of the call
 * @param toolUseId id of the call
 * @param toolResponse what it returned, or null
 */
public record ToolCall(
        String toolName,
        Map<String, Object> toolInput,
        String toolUseId,
        @Nullable Object toolResponse) {
    /** Copies the collection. */
    public ToolCall {
        toolInput = Frozen.map(toolInput);
    }
}
