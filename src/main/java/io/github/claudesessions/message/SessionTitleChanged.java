package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The session has a new title. Wire type {@code system/session_title_changed}.
 *
 * @param title the title
 */
public record SessionTitleChanged(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, String title) implements SystemMessage {}
