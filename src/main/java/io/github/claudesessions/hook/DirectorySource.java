package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;

/**
 * Who added a folder. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record DirectorySource(String value) {
    /** {@code slash_command} */
    public static final DirectorySource SLASH_COMMAND = new DirectorySource("slash_command");

    /** {@code register_repo_root} */
    public static final DirectorySource REGISTER_REPO_ROOT = new DirectorySource("register_repo_root");

    /** Checks that there is a value. */
    public DirectorySource {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
