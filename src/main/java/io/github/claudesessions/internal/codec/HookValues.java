package io.github.claudesessions.internal.codec;

import io.github.claudesessions.hook.BackgroundTask;
import io.github.claudesessions.hook.CronSummary;
import io.github.claudesessions.hook.ToolCall;

/** What inputs of hooks consist of. */
final class HookValues {
    private HookValues() {}

    static ToolCall toolCall(Fields f) {
        return new ToolCall(
                f.string("tool_name"),
                f.mapOrEmpty("tool_input"),
                f.string("tool_use_id"),
                f.anyOrNull("tool_response"));
    }

    static BackgroundTask task(Fields f) {
        return new BackgroundTask(
                f.string("id"),
                f.string("type"),
                f.string("status"),
                f.string("description"),
                f.stringOrNull("command"),
                f.stringOrNull("agent_type"),
                f.stringOrNull("server"),
                f.stringOrNull("tool"),
                f.stringOrNull("name"));
    }

    static CronSummary cron(Fields f) {
        return new CronSummary(f.string("id"), f.string("schedule"), f.flag("recurring"), f.string("prompt"));
    }
}
