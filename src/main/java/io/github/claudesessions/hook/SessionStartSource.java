package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;

/**
 * Why a conversation starts. Over stdio only {@link #CLEAR} and {@link #COMPACT} are seen. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record SessionStartSource(String value) {
    /** {@code startup} */
    public static final SessionStartSource STARTUP = new SessionStartSource("startup");

    /** {@code resume} */
    public static final SessionStartSource RESUME = new SessionStartSource("resume");

    /** {@code clear} */
    public static final SessionStartSource CLEAR = new SessionStartSource("clear");

    /** {@code compact} */
    public static final SessionStartSource COMPACT = new SessionStartSource("compact");

    /** {@code fork} */
    public static final SessionStartSource FORK = new SessionStartSource("fork");

    /** Checks that there is a value. */
    public SessionStartSource {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
