package io.github.claudesessions.hook;

import org.jspecify.annotations.Nullable;

/**
 * A conversation starts. The CLI registers hooks too late for the start of its process, so that this is seen after {@code /clear} and after a compaction only; use a hook in the settings for the rest. Hook event {@code SessionStart}.
 *
 * @param context what is known at every event
 * @param source why
 * @param model the model, or null
 * @param sessionTitle title of the conversation, or null
 * @param secondsSinceLastResponse time since the model last wrote, in seconds, or null
 * @param contextTokens tokens in the context, or null
 * @param promptCacheLikelyExpired whether the prompt cache is thought to be invalid, or null
 * @param estimatedCacheWriteUsd what filling the cache anew is thought to cost, in US dollars, or null
 */
public record SessionStartInput(
        HookContext context,
        SessionStartSource source,
        @Nullable String model,
        @Nullable String sessionTitle,
        @Nullable Double secondsSinceLastResponse,
        @Nullable Long contextTokens,
        @Nullable Boolean promptCacheLikelyExpired,
        @Nullable Double estimatedCacheWriteUsd)
        implements HookInput {}
