package io.github.claudesessions.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What code that the API ran printed. Wire type {@code code_execution_tool_result}. */
public record CodeExecutionToolResultBlock(
        String toolUseId, @Nullable Object content, Map<String, Object> fields) implements ServerToolResultBlock {
    /** Copies the collections. */
    public CodeExecutionToolResultBlock {
        fields = Copies.map(fields);
    }
}
