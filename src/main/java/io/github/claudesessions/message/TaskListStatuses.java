package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states of the model's own task list. Wire type {@code system/task_list_statuses}.
 *
 * @param statuses all entries
 */
public record TaskListStatuses(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, List<Entry> statuses) implements SystemMessage {
    /** Copies the collections. */
    public TaskListStatuses {
        statuses = List.copyOf(statuses);
    }

    /**
     * An entry of the list.
     *
     * @param id its id
     * @param status its state
     */
    public record Entry(String id, TodoStatus status) {}
}
