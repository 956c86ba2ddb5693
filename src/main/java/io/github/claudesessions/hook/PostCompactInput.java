package io.github.claudesessions.hook;

import io.github.claudesessions.message.CompactTrigger;

/**
 * The conversation was compacted. Hook event {@code PostCompact}.
 *
 * @param context what is known at every event
 * @param trigger why
 * @param compactSummary what is left of it
 */
public record PostCompactInput(HookContext context, CompactTrigger trigger, String compactSummary)
        implements HookInput {}
