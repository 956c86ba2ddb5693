package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A hook of the settings wrote something. Wire type {@code system/hook_progress}.
 *
 * @param hookId id of this run
 * @param hookName name of the hook
 * @param hookEvent the event that it hooks
 * @param stdout what it wrote on stdout
 * @param stderr what it wrote on stderr
 * @param output both
 */
public record HookProgress(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String hookId,
        String hookName,
        String hookEvent,
        String stdout,
        String stderr,
        String output)
        implements SystemMessage {}
