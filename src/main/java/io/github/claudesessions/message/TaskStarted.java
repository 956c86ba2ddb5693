package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A task began: a subagent, a background shell, a workflow. Wire type {@code system/task_started}.
 *
 * @param taskId id of the task
 * @param runId id of this run of it, or null
 * @param toolUseId the tool call that started it, or null
 * @param description what it is for
 * @param subagentType type of the subagent, or null
 * @param isBackgrounded whether it runs in the background, or null
 * @param awaited whether the turn waits for it, or null
 * @param spawnDepth how deep it is nested, or null
 * @param parentTaskId the task that started it, or null
 * @param taskType kind of the task, or null
 * @param workflowName name of the workflow, or null
 * @param prompt what the subagent was told, or null
 * @param skipTranscript true if it has no transcript
 * @param ambient true if it belongs to the session, not to a turn
 */
public record TaskStarted(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String taskId,
        @Nullable String runId,
        @Nullable String toolUseId,
        String description,
        @Nullable String subagentType,
        @Nullable Boolean isBackgrounded,
        @Nullable Boolean awaited,
        @Nullable Integer spawnDepth,
        @Nullable String parentTaskId,
        @Nullable String taskType,
        @Nullable String workflowName,
        @Nullable String prompt,
        boolean skipTranscript,
        boolean ambient)
        implements SystemMessage {}
