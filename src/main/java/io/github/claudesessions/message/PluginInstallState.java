package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * How far the installation of a plugin is. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record PluginInstallState(String value) {
    /** {@code started} */
    public static final PluginInstallState STARTED = new PluginInstallState("started");

    /** {@code installed} */
    public static final PluginInstallState INSTALLED = new PluginInstallState("installed");

    /** {@code failed} */
    public static final PluginInstallState FAILED = new PluginInstallState("failed");

    /** {@code completed} */
    public static final PluginInstallState COMPLETED = new PluginInstallState("completed");

    /** Checks that there is a value. */
    public PluginInstallState {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
