package io.github.claudesessions.hook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subagent has finished; {@link #agentId()} and {@link #agentType()} say which. Hook event {@code SubagentStop}.
 *
 * @param context what is known at every event
 * @param stopHookActive whether a hook has made it go on already
 * @param agentTranscriptPath file of its transcript
 * @param lastAssistantMessage the last text of the model, or null
 * @param backgroundTasks what still runs; empty if absent
 * @param sessionCrons what is scheduled; empty if absent
 */
public record SubagentStopInput(
        HookContext context,
        boolean stopHookActive,
        String agentTranscriptPath,
        @Nullable String lastAssistantMessage,
        List<BackgroundTask> backgroundTasks,
        List<CronSummary> sessionCrons)
        implements HookInput {
    /** Copies the collections. */
    public SubagentStopInput {
        backgroundTasks = List.copyOf(backgroundTasks);
        sessionCrons = List.copyOf(sessionCrons);
    }
}
