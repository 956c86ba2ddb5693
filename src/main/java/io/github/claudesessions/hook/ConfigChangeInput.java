package io.github.claudesessions.hook;

import org.jspecify.annotations.Nullable;

/**
 * A file of settings has changed. Hook event {@code ConfigChange}.
 *
 * @param context what is known at every event
 * @param source which settings
 * @param filePath the file, or null
 */
public record ConfigChangeInput(
        HookContext context, ConfigSource source, @Nullable String filePath) implements HookInput {}
