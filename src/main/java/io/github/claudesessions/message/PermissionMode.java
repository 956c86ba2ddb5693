package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * How a session decides about the tools that no rule allows or denies. An option of a session, and reported by it. An
 * open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record PermissionMode(String value) {
    /** {@code default} */
    public static final PermissionMode DEFAULT = new PermissionMode("default");

    /** {@code acceptEdits} */
    public static final PermissionMode ACCEPT_EDITS = new PermissionMode("acceptEdits");

    /** {@code bypassPermissions} */
    public static final PermissionMode BYPASS_PERMISSIONS = new PermissionMode("bypassPermissions");

    /** {@code plan} */
    public static final PermissionMode PLAN = new PermissionMode("plan");

    /** {@code dontAsk} */
    public static final PermissionMode DONT_ASK = new PermissionMode("dontAsk");

    /** {@code auto} */
    public static final PermissionMode AUTO = new PermissionMode("auto");

    /** Checks that there is a value. */
    public PermissionMode {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
