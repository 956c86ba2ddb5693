package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A tool call was allowed too late and did not run. Wire type {@code system/late_allow_not_run}.
 *
 * @param requestId id of the question
 * @param toolUseId id of the call
 * @param reason why, for instance {@code turn_running} or {@code expired}
 */
public record LateAllowNotRun(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String requestId,
        String toolUseId,
        String reason)
        implements SystemMessage {}
