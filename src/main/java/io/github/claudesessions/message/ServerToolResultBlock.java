package io.github.claudesessions.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of a tool that the API itself ran. Such tools differ much, so their results are plain data. */
public sealed interface ServerToolResultBlock extends ContentBlock
        permits WebSearchToolResultBlock,
                WebFetchToolResultBlock,
                AdvisorToolResultBlock,
                CodeExecutionToolResultBlock,
                BashCodeExecutionToolResultBlock,
                TextEditorCodeExecutionToolResultBlock,
                ToolSearchToolResultBlock,
                McpToolResultBlock {
    /** The id of the {@link ServerToolUseBlock} or {@link McpToolUseBlock} that it answers. */
    String toolUseId();

    /** The result: a map, a list, a string, or null. */
    @Nullable
    Object content();

    /** All fields of the block. */
    Map<String, Object> fields();
}
