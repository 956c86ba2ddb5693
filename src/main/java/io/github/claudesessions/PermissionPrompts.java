package io.github.claudesessions;

/**
 * Who answers when a tool needs permission that no rule gives. An open set; the CLI does not start with a value that it
 * does not know.
 *
 * @param value the name on the wire
 */
public record PermissionPrompts(String value) {
    /** This program, by its permission callback. */
    public static final PermissionPrompts HOST = new PermissionPrompts("host");

    /** Nobody: what would be asked is denied at once, and the model is told why. */
    public static final PermissionPrompts NONE = new PermissionPrompts("none");

    /** Refuses a name that is not one word. */
    public PermissionPrompts {
        Rules.word("permissionPrompts", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
