package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A short text for a status line. Wire type {@code system/notification}.
 *
 * @param key what it is about; a new text replaces the old one
 * @param text the text
 * @param priority its urgency
 * @param color colour to show it in, or null
 * @param timeoutMs how long to show it, in milliseconds, or null
 */
public record NotificationMessage(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String key,
        String text,
        NotificationPriority priority,
        @Nullable String color,
        @Nullable Long timeoutMs)
        implements SystemMessage {}
