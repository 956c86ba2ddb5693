package io.github.claudesessions.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a shell command that the API ran printed. Wire type {@code bash_code_execution_tool_result}. */
public record BashCodeExecutionToolResultBlock(
        String toolUseId, @Nullable Object content, Map<String, Object> fields) implements ServerToolResultBlock {
    /** Copies the collections. */
    public BashCodeExecutionToolResultBlock {
        fields = Copies.map(fields);
    }
}
