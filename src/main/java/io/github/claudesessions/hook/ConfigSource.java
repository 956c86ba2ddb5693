package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;

/**
 * Which configuration changed. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record ConfigSource(String value) {
    /** {@code user_settings} */
    public static final ConfigSource USER_SETTINGS = new ConfigSource("user_settings");

    /** {@code project_settings} */
    public static final ConfigSource PROJECT_SETTINGS = new ConfigSource("project_settings");

    /** {@code local_settings} */
    public static final ConfigSource LOCAL_SETTINGS = new ConfigSource("local_settings");

    /** {@code policy_settings} */
    public static final ConfigSource POLICY_SETTINGS = new ConfigSource("policy_settings");

    /** {@code skills} */
    public static final ConfigSource SKILLS = new ConfigSource("skills");

    /** Checks that there is a value. */
    public ConfigSource {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
