package io.github.claudesessions.permission;

import io.github.claudesessions.internal.Check;

/**
 * Where a change is kept: in a file of settings, or for as long as the session. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record PermissionDestination(String value) {
    /** {@code userSettings} */
    public static final PermissionDestination USER_SETTINGS = new PermissionDestination("userSettings");

    /** {@code projectSettings} */
    public static final PermissionDestination PROJECT_SETTINGS = new PermissionDestination("projectSettings");

    /** {@code localSettings} */
    public static final PermissionDestination LOCAL_SETTINGS = new PermissionDestination("localSettings");

    /** {@code session} */
    public static final PermissionDestination SESSION = new PermissionDestination("session");

    /** {@code cliArg} */
    public static final PermissionDestination CLI_ARG = new PermissionDestination("cliArg");

    /** Checks that there is a value. */
    public PermissionDestination {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
