package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The model is thinking. Wire type {@code system/thinking_tokens}.
 *
 * @param estimatedTokens tokens so far, an estimate
 * @param estimatedTokensDelta tokens since the last such message
 * @param userMessageUuid the prompt of the turn, or null
 */
public record ThinkingTokens(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        long estimatedTokens,
        long estimatedTokensDelta,
        @Nullable String userMessageUuid)
        implements SystemMessage {}
