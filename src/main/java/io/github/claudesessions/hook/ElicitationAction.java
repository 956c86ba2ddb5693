package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;

/**
 * What becomes of a question to the user. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record ElicitationAction(String value) {
    /** {@code accept} */
    public static final ElicitationAction ACCEPT = new ElicitationAction("accept");

    /** {@code decline} */
    public static final ElicitationAction DECLINE = new ElicitationAction("decline");

    /** {@code cancel} */
    public static final ElicitationAction CANCEL = new ElicitationAction("cancel");

    /** Checks that there is a value. */
    public ElicitationAction {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
