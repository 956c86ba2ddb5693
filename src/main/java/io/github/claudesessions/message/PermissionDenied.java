package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A tool call was denied without a question to the host. Wire type {@code system/permission_denied}.
 *
 * @param toolName name of the tool
 * @param toolUseId id of the call
 * @param agentId the subagent that called, or null
 * @param decisionReasonType kind of the reason, or null
 * @param decisionReason the reason, or null
 * @param message what the model was told
 */
public record PermissionDenied(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String toolName,
        String toolUseId,
        @Nullable String agentId,
        @Nullable String decisionReasonType,
        @Nullable String decisionReason,
        String message)
        implements SystemMessage {}
