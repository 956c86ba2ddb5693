package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;

/**
 * Why the CLI sets itself up. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record SetupTrigger(String value) {
    /** {@code init} */
    public static final SetupTrigger INIT = new SetupTrigger("init");

    /** {@code maintenance} */
    public static final SetupTrigger MAINTENANCE = new SetupTrigger("maintenance");

    /** Checks that there is a value. */
    public SetupTrigger {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
