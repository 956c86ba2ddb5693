package io.github.claudesessions;

/**
 * A place that the CLI reads settings from. An open set: one that a newer CLI knows can be made from its name.
 *
 * @param value the name on the wire
 */
public record SettingSource(String value) {
    /** The settings of the user, in the home folder. */
    public static final SettingSource USER = new SettingSource("user");

    /** The settings of the project, in the working directory; they belong to the repository. */
    public static final SettingSource PROJECT = new SettingSource("project");

    /** The settings of this user for the project. */
    public static final SettingSource LOCAL = new SettingSource("local");

    /** Refuses a name that is not one word. */
    public SettingSource {
        Rules.word("settingSource", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
