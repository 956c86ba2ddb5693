package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;

/**
 * What a prompt was expanded from. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record ExpansionType(String value) {
    /** {@code slash_command} */
    public static final ExpansionType SLASH_COMMAND = new ExpansionType("slash_command");

    /** {@code mcp_prompt} */
    public static final ExpansionType MCP_PROMPT = new ExpansionType("mcp_prompt");

    /** Checks that there is a value. */
    public ExpansionType {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
