package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * Facts of a task changed. Wire type {@code system/task_updated}.
 *
 * @param taskId id of the task
 * @param runId id of this run of it, or null
 * @param patch the facts that changed
 */
public record TaskUpdated(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String taskId,
        @Nullable String runId,
        Patch patch)
        implements SystemMessage {

    /**
     * The facts that changed; null for those that did not.
     *
     * @param status its state, or null
     * @param description what it is for, or null
     * @param endTime when it ended, in milliseconds since 1970, or null
     * @param totalPausedMs how long it was paused, in milliseconds, or null
     * @param error what went wrong, or null
     * @param isBackgrounded whether it runs in the background, or null
     */
    public record Patch(
            @Nullable TaskStatus status,
            @Nullable String description,
            @Nullable Long endTime,
            @Nullable Long totalPausedMs,
            @Nullable String error,
            @Nullable Boolean isBackgrounded) {}
}
