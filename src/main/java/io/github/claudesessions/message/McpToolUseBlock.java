package io.github.claudesessions.message;

import io.github.claudesessions.internal.json.Json;
import java.util.Map;

/**
 * The model calls a tool of an MCP server that the API itself is connected to. Wire type {@code mcp_tool_use}.
 *
 * @param id id of the call
 * @param name name of the tool
 * @param serverName name of the server
 * @param input input of the call
 */
public record McpToolUseBlock(String id, String name, String serverName, Map<String, Object> input)
        implements ContentBlock {
    /** Copies the collections. */
    public McpToolUseBlock {
        input = Copies.map(input);
    }

    /**
     * The input bound to {@code type}, a record or a bean.
     *
     * @throws IllegalArgumentException if it does not fit the type
     */
    public <T> T inputAs(Class<T> type) {
        return Json.bind(input, type);
    }
}
