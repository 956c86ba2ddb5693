package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task ended. Wire type {@code system/task_notification}.
 *
 * @param taskId id of the task
 * @param runId id of this run of it, or null
 * @param toolUseId the tool call that started it, or null
 * @param status how it ended
 * @param reason {@code worker_restart} if the process ended under it, or null
 * @param outputFile file with its output
 * @param summary what it did
 * @param usage what it used, or null
 * @param resourceLinks what it made; empty if absent
 * @param skipTranscript true if it has no transcript
 * @param ambient true if it belongs to the session, not to a turn
 */
public record TaskNotification(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String taskId,
        @Nullable String runId,
        @Nullable String toolUseId,
        TaskStatus status,
        @Nullable String reason,
        String outputFile,
        String summary,
        @Nullable TaskUsage usage,
        List<ResourceLink> resourceLinks,
        boolean skipTranscript,
        boolean ambient)
        implements SystemMessage {
    /** Copies the collections. */
    public TaskNotification {
        resourceLinks = List.copyOf(resourceLinks);
    }
}
