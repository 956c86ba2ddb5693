package io.github.claudesessions.hook;

import io.github.claudesessions.message.CompactTrigger;
import org.jspecify.annotations.Nullable;

/**
 * The conversation is about to be compacted. Hook event {@code PreCompact}.
 *
 * @param context what is known at every event
 * @param trigger why
 * @param customInstructions what the user said about it, or null
 */
public record PreCompactInput(
        HookContext context,
        CompactTrigger trigger,
        @Nullable String customInstructions) implements HookInput {}
