package io.github.claudesessions.hook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The model has finished, and the turn is about to end. Hook event {@code Stop}.
 *
 * @param context what is known at every event
 * @param stopHookActive whether a hook has made the model go on already; a hook that blocks again and again never lets the turn end
 * @param lastAssistantMessage the last text of the model, or null
 * @param backgroundTasks what still runs; empty if absent
 * @param sessionCrons what is scheduled; empty if absent
 */
public record StopInput(
        HookContext context,
        boolean stopHookActive,
        @Nullable String lastAssistantMessage,
        List<BackgroundTask> backgroundTasks,
        List<CronSummary> sessionCrons)
        implements HookInput {
    /** Copies the collections. */
    public StopInput {
        backgroundTasks = List.copyOf(backgroundTasks);
        sessionCrons = List.copyOf(sessionCrons);
    }
}
