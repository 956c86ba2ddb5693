package io.github.claudesessions.internal.protocol;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.control.Task;
import io.github.claudesessions.message.BackgroundTasksChanged;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.TaskNotification;
import io.github.claudesessions.message.TaskProgress;
import io.github.claudesessions.message.TaskStarted;
import io.github.claudesessions.message.TaskStatus;
import io.github.claudesessions.message.TaskUpdated;
import io.github.claudesessions.message.TaskUsage;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a session, from what the CLI tells of them: the pump notes, any thread asks. Messages about one task come
 * in no fixed order (the list of all of them may come before the start of one), and any of them may be missing: a shell
 * in the foreground ends by {@code task_updated} alone.
 */
final class TaskLedger {
    /** How many tasks that have ended are remembered. */
    static final int REMEMBERED = 100;

    private static final Set<TaskStatus> OVER =
            Set.of(TaskStatus.COMPLETED, TaskStatus.FAILED, TaskStatus.KILLED, TaskStatus.STOPPED);

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<String, Task> tasks = new LinkedHashMap<>();

    @GuardedBy("lock")
    private final Set<String> inBackground = new HashSet<>();

    @GuardedBy("lock")
    private int ended;

    /** Whether a task of this status has ended. */
    static boolean over(@Nullable TaskStatus status) {
        return status != null && OVER.contains(status);
    }

    TaskLedger(InstantSource clock) {
        this.clock = clock;
    }

    /** All that is remembered, in the order of their first messages. */
    List<Task> all() {
        lock.lock();
        try {
            return List.copyOf(tasks.values());
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing runs in the background: the last list of the CLI is empty, or all on it have ended since. */
    boolean noneInBackground() {
        lock.lock();
        try {
            return inBackground.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Pump. */
    void note(Message message) {
        switch (message) {
            case TaskStarted start -> started(start);
            case TaskProgress progress -> progress(progress);
            case TaskUpdated update -> updated(update);
            case TaskNotification end -> ended(end);
            case BackgroundTasksChanged list -> list(list);
            default -> {}
        }
    }

    private void started(TaskStarted start) {
        Draft task = draft(start.taskId());
        task.type = start.taskType() == null ? task.type : start.taskType();
        task.description = start.description();
        task.background = Boolean.TRUE.equals(start.isBackgrounded());
        task.subagentType = or(start.subagentType(), task.subagentType);
        task.toolUseId = or(start.toolUseId(), task.toolUseId);
        // one that is resumed begins anew under its id
        task.status = TaskStatus.RUNNING;
        task.ended = null;
        keep(task);
    }

    private void progress(TaskProgress progress) {
        Draft task = draft(progress.taskId());
        task.description = progress.description();
        task.subagentType = or(progress.subagentType(), task.subagentType);
        task.toolUseId = or(progress.toolUseId(), task.toolUseId);
        task.usage = progress.usage();
        task.summary = or(progress.summary(), task.summary);
        keep(task);
    }

    private void updated(TaskUpdated update) {
        Draft task = draft(update.taskId());
        TaskUpdated.Patch patch = update.patch();
        task.description = patch.description() == null ? task.description : patch.description();
        task.background = patch.isBackgrounded() == null ? task.background : patch.isBackgrounded();
        task.summary = or(patch.error(), task.summary);
        if (patch.status() != null) {
            task.status(patch.status(), patch.endTime(), clock.instant());
        }
        keep(task);
    }

    private void ended(TaskNotification end) {
        Draft task = draft(end.taskId());
        task.toolUseId = or(end.toolUseId(), task.toolUseId);
        task.usage = or(end.usage(), task.usage);
        task.summary = end.summary().isEmpty() ? task.summary : end.summary();
        task.outputFile = end.outputFile().isEmpty() ? task.outputFile : end.outputFile();
        task.status(end.status(), null, clock.instant());
        keep(task);
    }

    private void list(BackgroundTasksChanged list) {
        for (BackgroundTasksChanged.Task listed : list.tasks()) {
            Draft task = draft(listed.taskId());
            task.type = listed.taskType();
            task.description = task.description.isEmpty() ? listed.description() : task.description;
            task.background = true;
            task.subagentType = or(listed.subagentType(), task.subagentType);
            keep(task);
        }
        lock.lock();
        try {
            inBackground.clear();
            list.tasks().forEach(task -> inBackground.add(task.taskId()));
        } finally {
            lock.unlock();
        }
    }

    private Draft draft(String id) {
        lock.lock();
        try {
            return new Draft(id, tasks.get(id), clock.instant());
        } finally {
            lock.unlock();
        }
    }

    private void keep(Draft draft) {
        lock.lock();
        try {
            Task now = draft.task();
            Task before = tasks.put(now.id(), now);
            ended += (now.live() ? 0 : 1) - (before == null || before.live() ? 0 : 1);
            if (!now.live()) {
                inBackground.remove(now.id());
                forget();
            }
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void forget() {
        for (Iterator<Task> each = tasks.values().iterator(); ended > REMEMBERED && each.hasNext(); ) {
            if (!each.next().live()) {
                each.remove();
                ended--;
            }
        }
    }

    private static <T> @Nullable T or(@Nullable T value, @Nullable T before) {
        return value == null ? before : value;
    }

    /** A task while a message about it is read. */
    private static final class Draft {
        final String id;
        String type = "";
        String description = "";
        TaskStatus status = TaskStatus.RUNNING;
        boolean background;

        @Nullable
        String subagentType;

        @Nullable
        String toolUseId;

        Instant started;

        @Nullable
        Instant ended;

        @Nullable
        TaskUsage usage;

        @Nullable
        String summary;

        @Nullable
        String outputFile;

        Draft(String id, @Nullable Task known, Instant now) {
            this.id = id;
            this.started = now;
            if (known != null) {
                type = known.type();
                description = known.description();
                status = known.status();
                background = known.background();
                subagentType = known.subagentType();
                toolUseId = known.toolUseId();
                started = known.started();
                ended = known.ended();
                usage = known.usage();
                summary = known.summary();
                outputFile = known.outputFile();
            }
        }

        void status(TaskStatus now, @Nullable Long endTime, Instant arrival) {
            status = now;
            if (!over(now)) {
                ended = null;
            } else if (endTime != null) {
                ended = Instant.ofEpochMilli(endTime);
            } else if (ended == null) {
                ended = arrival;
            }
        }

        Task task() {
            return new Task(
                    id,
                    type,
                    description,
                    status,
                    background,
                    subagentType,
                    toolUseId,
                    started,
                    ended,
                    usage,
                    summary,
                    outputFile);
        }
    }
}
