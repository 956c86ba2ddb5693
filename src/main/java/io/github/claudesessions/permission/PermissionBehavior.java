package io.github.claudesessions.permission;

import io.github.claudesessions.internal.Check;

/**
 * What a rule does. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record PermissionBehavior(String value) {
    /** {@code allow} */
    public static final PermissionBehavior ALLOW = new PermissionBehavior("allow");

    /** {@code deny} */
    public static final PermissionBehavior DENY = new PermissionBehavior("deny");

    /** {@code ask} */
    public static final PermissionBehavior ASK = new PermissionBehavior("ask");

    /** Checks that there is a value. */
    public PermissionBehavior {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
