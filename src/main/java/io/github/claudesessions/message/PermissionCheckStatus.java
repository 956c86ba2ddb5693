package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A tool call is being checked. Wire type {@code system/permission_check_status}.
 *
 * @param toolUseId id of the call
 * @param agentId the subagent that calls, or null
 * @param status {@code checking} or {@code done}
 */
public record PermissionCheckStatus(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String toolUseId,
        @Nullable String agentId,
        String status)
        implements SystemMessage {}
