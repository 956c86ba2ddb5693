package io.github.claudesessions.internal.codec;

import io.github.claudesessions.message.BackgroundTasksChanged;
import io.github.claudesessions.message.PostTurnSummary;
import io.github.claudesessions.message.TaskNotification;
import io.github.claudesessions.message.TaskProgress;
import io.github.claudesessions.message.TaskStarted;
import io.github.claudesessions.message.TaskStatus;
import io.github.claudesessions.message.TaskSummary;
import io.github.claudesessions.message.TaskUpdated;

/** System messages about tasks. */
final class TaskCodec {
    private TaskCodec() {}

    static TaskStarted taskStarted(Frame m) {
        Fields f = m.fields();
        return new TaskStarted(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("task_id"),
                f.stringOrNull("run_id"),
                f.stringOrNull("tool_use_id"),
                f.string("description"),
                f.stringOrNull("subagent_type"),
                f.flagOrNull("is_backgrounded"),
                f.flagOrNull("awaited"),
                f.integerOrNull("spawn_depth"),
                f.stringOrNull("parent_task_id"),
                f.stringOrNull("task_type"),
                f.stringOrNull("workflow_name"),
                f.stringOrNull("prompt"),
                f.flagOrFalse("skip_transcript"),
                f.flagOrFalse("ambient"));
    }

    static TaskProgress taskProgress(Frame m) {
        Fields f = m.fields();
        return new TaskProgress(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("task_id"),
                f.stringOrNull("run_id"),
                f.stringOrNull("tool_use_id"),
                f.string("description"),
                f.stringOrNull("subagent_type"),
                f.object("usage", SharedCodec::taskUsage),
                f.stringOrNull("last_tool_name"),
                f.stringOrNull("summary"));
    }

    static TaskUpdated taskUpdated(Frame m) {
        Fields f = m.fields();
        return new TaskUpdated(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("task_id"),
                f.stringOrNull("run_id"),
                f.object("patch", TaskCodec::patch));
    }

    private static TaskUpdated.Patch patch(Fields f) {
        return new TaskUpdated.Patch(
                f.valueOrNull("status", TaskStatus::new),
                f.stringOrNull("description"),
                f.numberOrNull("end_time"),
                f.numberOrNull("total_paused_ms"),
                f.stringOrNull("error"),
                f.flagOrNull("is_backgrounded"));
    }

    static TaskNotification taskNotification(Frame m) {
        Fields f = m.fields();
        return new TaskNotification(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("task_id"),
                f.stringOrNull("run_id"),
                f.stringOrNull("tool_use_id"),
                f.value("status", TaskStatus::new),
                f.stringOrNull("reason"),
                f.string("output_file"),
                f.string("summary"),
                f.objectOrNull("usage", SharedCodec::taskUsage),
                f.listOrEmpty("resource_links", SharedCodec::resourceLink),
                f.flagOrFalse("skip_transcript"),
                f.flagOrFalse("ambient"));
    }

    static BackgroundTasksChanged backgroundTasksChanged(Frame m) {
        Fields f = m.fields();
        return new BackgroundTasksChanged(m.uuid(), m.sessionId(), m.raw(), f.list("tasks", TaskCodec::task));
    }

    private static BackgroundTasksChanged.Task task(Fields f) {
        return new BackgroundTasksChanged.Task(
                f.string("task_id"),
                f.stringOrNull("run_id"),
                f.string("task_type"),
                f.stringOrNull("subagent_type"),
                f.string("description"),
                f.stringOrNull("parent_task_id"),
                f.flagOrFalse("ambient"),
                f.flagOrNull("awaited"));
    }

    static TaskSummary taskSummary(Frame m) {
        Fields f = m.fields();
        return new TaskSummary(m.uuid(), m.sessionId(), m.raw(), f.stringOrNull("detail"));
    }

    static PostTurnSummary postTurnSummary(Frame m) {
        Fields f = m.fields();
        return new PostTurnSummary(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("summarizes_uuid"),
                f.string("status_category"),
                f.string("status_detail"),
                f.string("needs_action"));
    }
}
