package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * How the CLI decides whether a tool may run. An open set: a mode that a newer CLI knows can be made from its name.
 *
 * @param value the name on the wire
 */
public record PermissionMode(String value) {
    /** Asks for what is not allowed by a rule. */
    public static final PermissionMode DEFAULT = new PermissionMode("default");

    /** Allows edits of files in the working directories without asking. */
    public static final PermissionMode ACCEPT_EDITS = new PermissionMode("acceptEdits");

    /** Reads and plans, changes nothing. */
    public static final PermissionMode PLAN = new PermissionMode("plan");

    /** Allows everything without asking. */
    public static final PermissionMode BYPASS_PERMISSIONS = new PermissionMode("bypassPermissions");

    /** Denies what is not allowed by a rule. */
    public static final PermissionMode DONT_ASK = new PermissionMode("dontAsk");

    /** Lets the CLI judge each call. */
    public static final PermissionMode AUTO = new PermissionMode("auto");

    /** Refuses a blank name. */
    public PermissionMode {
        Check.notBlank("permission mode", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
