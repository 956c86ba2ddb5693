package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * What the session works on. Wire type {@code system/task_summary}.
 *
 * @param detail the text, null to clear it
 */
public record TaskSummary(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        @Nullable String detail) implements SystemMessage {}
