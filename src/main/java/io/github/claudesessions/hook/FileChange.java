package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;

/**
 * What happened to a file. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record FileChange(String value) {
    /** {@code change} */
    public static final FileChange CHANGE = new FileChange("change");

    /** {@code add} */
    public static final FileChange ADD = new FileChange("add");

    /** {@code unlink} */
    public static final FileChange UNLINK = new FileChange("unlink");

    /** Checks that there is a value. */
    public FileChange {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
