package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;

/**
 * How a user is asked. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record ElicitationMode(String value) {
    /** {@code form} */
    public static final ElicitationMode FORM = new ElicitationMode("form");

    /** {@code url} */
    public static final ElicitationMode URL = new ElicitationMode("url");

    /** Checks that there is a value. */
    public ElicitationMode {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
