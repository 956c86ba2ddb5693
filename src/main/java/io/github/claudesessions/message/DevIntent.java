package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The project looks like an app for a phone. Wire type {@code system/dev_intent}.
 *
 * @param kind {@code ios_app} or {@code android_app}
 * @param trigger what shows it, or null
 */
public record DevIntent(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String kind,
        @Nullable String trigger) implements SystemMessage {}
