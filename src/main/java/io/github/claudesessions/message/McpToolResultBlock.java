package io.github.claudesessions.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of an MCP tool that the API called. Wire type {@code mcp_tool_result}. */
public record McpToolResultBlock(String toolUseId, @Nullable Object content, Map<String, Object> fields)
        implements ServerToolResultBlock {
    /** Copies the collections. */
    public McpToolResultBlock {
        fields = Copies.map(fields);
    }
}
