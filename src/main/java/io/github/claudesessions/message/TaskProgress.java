package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A task goes on. Wire type {@code system/task_progress}.
 *
 * @param taskId id of the task
 * @param runId id of this run of it, or null
 * @param toolUseId the tool call that started it, or null
 * @param description what it does now
 * @param subagentType type of the subagent, or null
 * @param usage what it used so far
 * @param lastToolName the tool that it called last, or null
 * @param summary what it did so far, or null
 */
public record TaskProgress(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String taskId,
        @Nullable String runId,
        @Nullable String toolUseId,
        String description,
        @Nullable String subagentType,
        TaskUsage usage,
        @Nullable String lastToolName,
        @Nullable String summary)
        implements SystemMessage {}
