package io.github.claudesessions.control;

import io.github.claudesessions.message.TaskStatus;
import io.github.claudesessions.message.TaskUsage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Work that runs beside the conversation: a subagent, a background shell, a workflow. What a session knows of it from the
 * messages that the CLI wrote so far. A part that no message has told yet is null.
 *
 * @param id id of the task, for {@code stopTask} and {@code taskOutput}
 * @param type kind of the task, such as {@code local_agent} or {@code local_bash}; empty if the CLI did not say
 * @param description what it is for, or what it does now
 * @param status its state, {@link TaskStatus#RUNNING} at first
 * @param background whether it runs in the background: it outlives the turn that started it
 * @param subagentType type of the subagent, for one
 * @param toolUseId the tool call that started it; messages of a subagent have it as their parent
 * @param started when the first message about it arrived
 * @param ended when it ended, by the CLI's clock or else by when its end was told
 * @param usage what it used so far, for a subagent
 * @param summary what it did
 * @param outputFile file with its output
 */
public record Task(
        String id,
        String type,
        String description,
        TaskStatus status,
        boolean background,
        @Nullable String subagentType,
        @Nullable String toolUseId,
        Instant started,
        @Nullable Instant ended,
        @Nullable TaskUsage usage,
        @Nullable String summary,
        @Nullable String outputFile) {
    /** Whether it has not ended, as far as this side knows. */
    public boolean live() {
        return ended == null;
    }
}
