package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A plugin is being installed. Wire type {@code system/plugin_install}.
 *
 * @param status how far it is
 * @param name the plugin, or null
 * @param error what went wrong, or null
 */
public record PluginInstall(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        PluginInstallState status,
        @Nullable String name,
        @Nullable String error)
        implements SystemMessage {}
