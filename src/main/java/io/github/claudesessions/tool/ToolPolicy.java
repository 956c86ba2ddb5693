package io.github.claudesessions.tool;

import io.github.claudesessions.internal.Check;

/**
 * What is done before each call of one tool of an MCP server, whatever the rules for tools say. An open set: the CLI asks
 * for a value that it does not know.
 *
 * @param value the name on the wire
 */
public record ToolPolicy(String value) {
    /** It runs. Only for servers outside this JVM; for others there are rules such as {@code allowedTool}. */
    public static final ToolPolicy ALWAYS_ALLOW = new ToolPolicy("always_allow");

    /** The permission handler is asked, also where a rule allows the tool. */
    public static final ToolPolicy ALWAYS_ASK = new ToolPolicy("always_ask");

    /** It is denied. */
    public static final ToolPolicy ALWAYS_DENY = new ToolPolicy("always_deny");

    /** Refuses a blank name. */
    public ToolPolicy {
        Check.notBlank("toolPolicy", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
