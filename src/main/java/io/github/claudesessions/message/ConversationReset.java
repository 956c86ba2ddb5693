package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The conversation begins anew, for instance after {@code /clear}; the messages that follow carry a new session id.
 * Wire type {@code conversation_reset}.
 *
 * @param newConversationId id of the new conversation
 * @param trigger {@code clear}, {@code plan_mode_exit}, {@code fresh_session} or {@code onboarding}, or null
 * @param userMessageUuid the prompt that did it, or null
 * @param timestamp when, in ISO 8601, or null
 */
public record ConversationReset(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String newConversationId,
        @Nullable String trigger,
        @Nullable String userMessageUuid,
        @Nullable String timestamp)
        implements Message {}
