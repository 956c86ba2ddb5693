package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tasks in the background, all of them. Wire type {@code system/background_tasks_changed}.
 *
 * @param tasks the tasks that run now
 */
public record BackgroundTasksChanged(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, List<Task> tasks) implements SystemMessage {
    /** Copies the collections. */
    public BackgroundTasksChanged {
        tasks = List.copyOf(tasks);
    }

    /**
     * A task in the background.
     *
     * @param taskId id of the task
     * @param runId id of this run of it, or null
     * @param taskType kind of the task
     * @param subagentType type of the subagent, or null
     * @param description what it is for
     * @param parentTaskId the task that started it, or null
     * @param ambient true if it belongs to the session, not to a turn
     * @param awaited whether the turn waits for it, or null
     */
    public record Task(
            String taskId,
            @Nullable String runId,
            String taskType,
            @Nullable String subagentType,
            String description,
            @Nullable String parentTaskId,
            boolean ambient,
            @Nullable Boolean awaited) {}
}
