package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * How a hook of the settings ended. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record HookOutcome(String value) {
    /** {@code success} */
    public static final HookOutcome SUCCESS = new HookOutcome("success");

    /** {@code error} */
    public static final HookOutcome ERROR = new HookOutcome("error");

    /** {@code cancelled} */
    public static final HookOutcome CANCELLED = new HookOutcome("cancelled");

    /** Checks that there is a value. */
    public HookOutcome {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
