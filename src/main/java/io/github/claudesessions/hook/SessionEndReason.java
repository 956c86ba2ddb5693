package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;

/**
 * Why a conversation ends. Over stdio only {@link #CLEAR} is seen. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record SessionEndReason(String value) {
    /** {@code clear} */
    public static final SessionEndReason CLEAR = new SessionEndReason("clear");

    /** {@code resume} */
    public static final SessionEndReason RESUME = new SessionEndReason("resume");

    /** {@code logout} */
    public static final SessionEndReason LOGOUT = new SessionEndReason("logout");

    /** {@code prompt_input_exit} */
    public static final SessionEndReason PROMPT_INPUT_EXIT = new SessionEndReason("prompt_input_exit");

    /** {@code other} */
    public static final SessionEndReason OTHER = new SessionEndReason("other");

    /** Checks that there is a value. */
    public SessionEndReason {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
