package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;

/**
 * Why a file of instructions was loaded. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record LoadReason(String value) {
    /** {@code session_start} */
    public static final LoadReason SESSION_START = new LoadReason("session_start");

    /** {@code nested_traversal} */
    public static final LoadReason NESTED_TRAVERSAL = new LoadReason("nested_traversal");

    /** {@code path_glob_match} */
    public static final LoadReason PATH_GLOB_MATCH = new LoadReason("path_glob_match");

    /** {@code include} */
    public static final LoadReason INCLUDE = new LoadReason("include");

    /** {@code compact} */
    public static final LoadReason COMPACT = new LoadReason("compact");

    /** Checks that there is a value. */
    public LoadReason {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
