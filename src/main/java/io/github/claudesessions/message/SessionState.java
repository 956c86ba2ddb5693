package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * What a session is doing. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record SessionState(String value) {
    /** {@code idle} */
    public static final SessionState IDLE = new SessionState("idle");

    /** {@code running} */
    public static final SessionState RUNNING = new SessionState("running");

    /** {@code requires_action} */
    public static final SessionState REQUIRES_ACTION = new SessionState("requires_action");

    /** Checks that there is a value. */
    public SessionState {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
