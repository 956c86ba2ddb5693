package io.github.claudesessions.hook;

import org.jspecify.annotations.Nullable;

/**
 * A prompt was sent, and the model has not seen it yet. Hook event {@code UserPromptSubmit}.
 *
 * @param context what is known at every event
 * @param prompt the text
 * @param source where it came from, or null
 * @param sessionTitle title of the conversation, or null
 */
public record UserPromptSubmitInput(
        HookContext context,
        String prompt,
        @Nullable PromptSource source,
        @Nullable String sessionTitle) implements HookInput {}
