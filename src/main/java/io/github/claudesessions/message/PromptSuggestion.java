package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A prompt that the user may want to send next. Wire type {@code prompt_suggestion}.
 *
 * @param suggestion the prompt
 */
public record PromptSuggestion(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, String suggestion) implements Message {}
