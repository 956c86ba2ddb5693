package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * Who asked for a compaction. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record CompactTrigger(String value) {
    /** {@code manual} */
    public static final CompactTrigger MANUAL = new CompactTrigger("manual");

    /** {@code auto} */
    public static final CompactTrigger AUTO = new CompactTrigger("auto");

    /** Checks that there is a value. */
    public CompactTrigger {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
