package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * The state of an MCP server. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record McpServerState(String value) {
    /** {@code connected} */
    public static final McpServerState CONNECTED = new McpServerState("connected");

    /** {@code failed} */
    public static final McpServerState FAILED = new McpServerState("failed");

    /** {@code needs-auth} */
    public static final McpServerState NEEDS_AUTH = new McpServerState("needs-auth");

    /** {@code pending} */
    public static final McpServerState PENDING = new McpServerState("pending");

    /** {@code disabled} */
    public static final McpServerState DISABLED = new McpServerState("disabled");

    /** Checks that there is a value. */
    public McpServerState {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
