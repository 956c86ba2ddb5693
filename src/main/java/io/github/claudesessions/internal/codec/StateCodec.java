package io.github.claudesessions.internal.codec;

import io.github.claudesessions.message.CommandsChanged;
import io.github.claudesessions.message.CompactBoundary;
import io.github.claudesessions.message.CompactTrigger;
import io.github.claudesessions.message.PerTurnEffortChanged;
import io.github.claudesessions.message.PermissionCheckStatus;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.SessionMetadata;
import io.github.claudesessions.message.SessionState;
import io.github.claudesessions.message.SessionStateChanged;
import io.github.claudesessions.message.SessionTitleChanged;
import io.github.claudesessions.message.ShellCwd;
import io.github.claudesessions.message.StatusKind;
import io.github.claudesessions.message.StatusMessage;
import io.github.claudesessions.message.TaskListStatuses;
import io.github.claudesessions.message.ThinkingTokens;
import io.github.claudesessions.message.TodoStatus;
import io.github.claudesessions.message.TurnPreempted;
import io.github.claudesessions.message.VcsStateChanged;
import io.github.claudesessions.message.WorkerShuttingDown;

/** System messages about the state of the session. */
final class StateCodec {
    private StateCodec() {}

    static SessionStateChanged sessionStateChanged(Frame m) {
        Fields f = m.fields();
        return new SessionStateChanged(m.uuid(), m.sessionId(), m.raw(), f.value("state", SessionState::new));
    }

    static StatusMessage statusMessage(Frame m) {
        Fields f = m.fields();
        return new StatusMessage(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.valueOrNull("status", StatusKind::new),
                f.valueOrNull("permissionMode", PermissionMode::new),
                f.stringOrNull("compact_result"),
                f.stringOrNull("compact_error"));
    }

    static CompactBoundary compactBoundary(Frame m) {
        Fields f = m.fields();
        return new CompactBoundary(
                m.uuid(), m.sessionId(), m.raw(), f.object("compact_metadata", StateCodec::metadata));
    }

    private static CompactBoundary.Metadata metadata(Fields f) {
        return new CompactBoundary.Metadata(
                f.value("trigger", CompactTrigger::new),
                f.number("pre_tokens"),
                f.numberOrNull("post_tokens"),
                f.numberOrNull("duration_ms"),
                f.mapOrEmpty("preserved_segment"),
                f.mapOrEmpty("preserved_messages"));
    }

    static ThinkingTokens thinkingTokens(Frame m) {
        Fields f = m.fields();
        return new ThinkingTokens(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.number("estimated_tokens"),
                f.number("estimated_tokens_delta"),
                f.stringOrNull("user_message_uuid"));
    }

    static WorkerShuttingDown workerShuttingDown(Frame m) {
        Fields f = m.fields();
        return new WorkerShuttingDown(m.uuid(), m.sessionId(), m.raw(), f.string("reason"));
    }

    static CommandsChanged commandsChanged(Frame m) {
        Fields f = m.fields();
        return new CommandsChanged(m.uuid(), m.sessionId(), m.raw(), f.list("commands", SharedCodec::slashCommand));
    }

    static SessionTitleChanged sessionTitleChanged(Frame m) {
        Fields f = m.fields();
        return new SessionTitleChanged(m.uuid(), m.sessionId(), m.raw(), f.string("title"));
    }

    static ShellCwd shellCwd(Frame m) {
        Fields f = m.fields();
        return new ShellCwd(m.uuid(), m.sessionId(), m.raw(), f.string("cwd"));
    }

    static TurnPreempted turnPreempted(Frame m) {
        Fields f = m.fields();
        return new TurnPreempted(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("reason"),
                f.string("preempted_by_uuid"),
                f.strings("preempted_message_uuids"));
    }

    static PerTurnEffortChanged perTurnEffortChanged(Frame m) {
        Fields f = m.fields();
        return new PerTurnEffortChanged(m.uuid(), m.sessionId(), m.raw(), f.flag("per_turn_effort_active"));
    }

    static PermissionCheckStatus permissionCheckStatus(Frame m) {
        Fields f = m.fields();
        return new PermissionCheckStatus(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("tool_use_id"),
                f.stringOrNull("agent_id"),
                f.string("status"));
    }

    static SessionMetadata sessionMetadata(Frame m) {
        Fields f = m.fields();
        return new SessionMetadata(m.uuid(), m.sessionId(), m.raw(), f.map("metadata"));
    }

    static VcsStateChanged vcsStateChanged(Frame m) {
        Fields f = m.fields();
        return new VcsStateChanged(
                m.uuid(), m.sessionId(), m.raw(), f.string("kind"), f.string("cwd"), f.stringOrNull("branch"));
    }

    static TaskListStatuses taskListStatuses(Frame m) {
        Fields f = m.fields();
        return new TaskListStatuses(m.uuid(), m.sessionId(), m.raw(), f.list("statuses", StateCodec::entry));
    }

    private static TaskListStatuses.Entry entry(Fields f) {
        return new TaskListStatuses.Entry(f.string("id"), f.value("status", TodoStatus::new));
    }
}
