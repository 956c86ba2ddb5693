package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * What the session waits for. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record StatusKind(String value) {
    /** {@code compacting} */
    public static final StatusKind COMPACTING = new StatusKind("compacting");

    /** {@code requesting} */
    public static final StatusKind REQUESTING = new StatusKind("requesting");

    /** Checks that there is a value. */
    public StatusKind {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
