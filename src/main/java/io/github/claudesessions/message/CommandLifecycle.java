package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A prompt moves on. Comes only for prompts that were sent with a uuid. Wire type {@code command_lifecycle}.
 *
 * @param commandUuid uuid of the prompt
 * @param state where it is now
 * @param wakeupSource {@code loop_wakeup} or {@code schedule_wakeup} if a timer sent it, or null
 * @param scheduledFor when the timer was due, in milliseconds since 1970, or null
 */
public record CommandLifecycle(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String commandUuid,
        LifecycleState state,
        @Nullable String wakeupSource,
        @Nullable Long scheduledFor)
        implements Message {}
