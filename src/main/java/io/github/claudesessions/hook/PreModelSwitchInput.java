package io.github.claudesessions.hook;

import org.jspecify.annotations.Nullable;

/**
 * Another model is about to answer. Hook event {@code PreModelSwitch}.
 *
 * @param context what is known at every event
 * @param fromModel the model until now
 * @param toModel the model from now on
 * @param requestedModel the model that was asked for, or null
 * @param source who switches
 * @param contextTokens tokens in the context
 * @param promptCacheWarm whether the prompt cache of the old model is still valid
 * @param cacheTtl how long the prompt cache lives, such as {@code 5m}
 * @param estimatedCacheWriteUsd what filling the cache anew is thought to cost, in US dollars
 * @param pricing where the prices came from
 */
public record PreModelSwitchInput(
        HookContext context,
        String fromModel,
        String toModel,
        @Nullable String requestedModel,
        ModelSwitchSource source,
        long contextTokens,
        boolean promptCacheWarm,
        String cacheTtl,
        double estimatedCacheWriteUsd,
        String pricing)
        implements HookInput {}
