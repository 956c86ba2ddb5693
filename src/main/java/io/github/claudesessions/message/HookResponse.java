package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A hook of the settings ended. Wire type {@code system/hook_response}.
 *
 * @param hookId id of this run
 * @param hookName name of the hook
 * @param hookEvent the event that it hooks
 * @param output stdout and stderr
 * @param stdout what it wrote on stdout
 * @param stderr what it wrote on stderr
 * @param exitCode exit code of its process, or null
 * @param outcome how it ended
 */
public record HookResponse(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String hookId,
        String hookName,
        String hookEvent,
        String output,
        String stdout,
        String stderr,
        @Nullable Integer exitCode,
        HookOutcome outcome)
        implements SystemMessage {}
