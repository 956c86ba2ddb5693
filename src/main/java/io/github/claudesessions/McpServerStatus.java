package io.github.claudesessions;

import io.github.claudesessions.message.McpServerState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server as the CLI sees it.
 *
 * @param name its name
 * @param state whether it is connected
 * @param error why not, or null
 * @param scope where it is configured, such as {@code dynamic}, or null
 * @param serverName what it calls itself, or null
 * @param serverVersion its version, or null
 * @param tools the names of its tools, without that of the server; empty unless it is connected
 */
public record McpServerStatus(
        String name,
        McpServerState state,
        @Nullable String error,
        @Nullable String scope,
        @Nullable String serverName,
        @Nullable String serverVersion,
        List<String> tools) {
    /** Copies the list. */
    public McpServerStatus {
        tools = List.copyOf(tools);
    }

    /** Whether its tools can be called. */
    public boolean connected() {
        return state.equals(McpServerState.CONNECTED);
    }
}
