package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;

/**
 * Whose instructions a file has. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record MemoryType(String value) {
    /** {@code User} */
    public static final MemoryType USER = new MemoryType("User");

    /** {@code Project} */
    public static final MemoryType PROJECT = new MemoryType("Project");

    /** {@code Local} */
    public static final MemoryType LOCAL = new MemoryType("Local");

    /** {@code Managed} */
    public static final MemoryType MANAGED = new MemoryType("Managed");

    /** Checks that there is a value. */
    public MemoryType {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
