package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A hook of the settings began. Hook messages come only when they are asked for, and not for callbacks. Wire type
 * {@code system/hook_started}.
 *
 * @param hookId id of this run
 * @param hookName name of the hook
 * @param hookEvent the event that it hooks
 */
public record HookStarted(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String hookId,
        String hookName,
        String hookEvent)
        implements SystemMessage {}
