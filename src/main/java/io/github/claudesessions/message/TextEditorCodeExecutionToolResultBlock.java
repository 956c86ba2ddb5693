package io.github.claudesessions.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an edit that the API did came to. Wire type {@code text_editor_code_execution_tool_result}. */
public record TextEditorCodeExecutionToolResultBlock(
        String toolUseId, @Nullable Object content, Map<String, Object> fields) implements ServerToolResultBlock {
    /** Copies the collections. */
    public TextEditorCodeExecutionToolResultBlock {
        fields = Copies.map(fields);
    }
}
