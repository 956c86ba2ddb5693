package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * The state of fast mode. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record FastModeState(String value) {
    /** {@code off} */
    public static final FastModeState OFF = new FastModeState("off");

    /** {@code cooldown} */
    public static final FastModeState COOLDOWN = new FastModeState("cooldown");

    /** {@code on} */
    public static final FastModeState ON = new FastModeState("on");

    /** Checks that there is a value. */
    public FastModeState {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
