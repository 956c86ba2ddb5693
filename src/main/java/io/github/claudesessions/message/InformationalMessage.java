package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A text of the CLI for the user. Wire type {@code system/informational}.
 *
 * @param content the text
 * @param level its weight
 * @param toolUseId the tool call that it is about, or null
 * @param preventContinuation true if the turn ends because of it
 * @param tag what it is about, or null
 */
public record InformationalMessage(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String content,
        NoticeLevel level,
        @Nullable String toolUseId,
        boolean preventContinuation,
        @Nullable String tag)
        implements SystemMessage {}
