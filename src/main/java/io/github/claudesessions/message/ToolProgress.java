package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A tool still runs. Wire type {@code tool_progress}.
 *
 * @param toolUseId id of the call
 * @param toolName name of the tool
 * @param parentToolUseId the call that the subagent belongs to, null for the main agent
 * @param elapsedTimeSeconds time since the start of the call
 * @param taskId the task that the call became, or null
 * @param heartbeat true if there is nothing new but the time
 * @param subagentType type of the subagent that calls, or null
 * @param subagentRetry the API retry that the subagent is in, or null
 */
public record ToolProgress(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String toolUseId,
        String toolName,
        @Nullable String parentToolUseId,
        double elapsedTimeSeconds,
        @Nullable String taskId,
        boolean heartbeat,
        @Nullable String subagentType,
        @Nullable SubagentRetry subagentRetry)
        implements Message {

    /**
     * A retry of an API request by a subagent.
     *
     * @param agentId the subagent
     * @param attempt number of the attempt, from 1
     * @param maxRetries number of the last one
     * @param retryDelayMs wait before it, in milliseconds
     * @param errorStatus HTTP status of the failure, null without a response
     * @param errorCategory kind of the failure
     */
    public record SubagentRetry(
            String agentId,
            int attempt,
            int maxRetries,
            long retryDelayMs,
            @Nullable Integer errorStatus,
            String errorCategory) {}
}
