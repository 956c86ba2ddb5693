package io.github.claudesessions.internal.codec;

import io.github.claudesessions.message.ActiveGoal;
import io.github.claudesessions.message.AuthStatus;
import io.github.claudesessions.message.AutocompactState;
import io.github.claudesessions.message.CommandLifecycle;
import io.github.claudesessions.message.ConversationReset;
import io.github.claudesessions.message.LifecycleState;
import io.github.claudesessions.message.PromptSuggestion;
import io.github.claudesessions.message.RateLimitEvent;
import io.github.claudesessions.message.ToolProgress;
import io.github.claudesessions.message.ToolUseSummary;

/** The small messages with a type of their own. */
final class TopLevelCodec {
    private TopLevelCodec() {}

    static ToolProgress toolProgress(Frame m) {
        Fields f = m.fields();
        return new ToolProgress(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("tool_use_id"),
                f.string("tool_name"),
                f.stringOrNull("parent_tool_use_id"),
                f.decimal("elapsed_time_seconds"),
                f.stringOrNull("task_id"),
                f.flagOrFalse("heartbeat"),
                f.stringOrNull("subagent_type"),
                f.objectOrNull("subagent_retry", TopLevelCodec::subagentRetry));
    }

    private static ToolProgress.SubagentRetry subagentRetry(Fields f) {
        return new ToolProgress.SubagentRetry(
                f.string("agent_id"),
                f.integer("attempt"),
                f.integer("max_retries"),
                f.number("retry_delay_ms"),
                f.integerOrNull("error_status"),
                f.string("error_category"));
    }

    static AuthStatus authStatus(Frame m) {
        Fields f = m.fields();
        return new AuthStatus(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.flag("isAuthenticating"),
                f.strings("output"),
                f.stringOrNull("error"));
    }

    static ToolUseSummary toolUseSummary(Frame m) {
        Fields f = m.fields();
        return new ToolUseSummary(
                m.uuid(), m.sessionId(), m.raw(), f.string("summary"), f.strings("preceding_tool_use_ids"));
    }

    static RateLimitEvent rateLimitEvent(Frame m) {
        Fields f = m.fields();
        return new RateLimitEvent(
                m.uuid(), m.sessionId(), m.raw(), f.object("rate_limit_info", SharedCodec::rateLimitInfo));
    }

    static PromptSuggestion promptSuggestion(Frame m) {
        Fields f = m.fields();
        return new PromptSuggestion(m.uuid(), m.sessionId(), m.raw(), f.string("suggestion"));
    }

    static ConversationReset conversationReset(Frame m) {
        Fields f = m.fields();
        return new ConversationReset(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("new_conversation_id"),
                f.stringOrNull("trigger"),
                f.stringOrNull("user_message_uuid"),
                f.stringOrNull("timestamp"));
    }

    static CommandLifecycle commandLifecycle(Frame m) {
        Fields f = m.fields();
        return new CommandLifecycle(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("command_uuid"),
                f.value("state", LifecycleState::new),
                f.stringOrNull("wakeup_source"),
                f.numberOrNull("scheduled_for"));
    }

    static ActiveGoal activeGoal(Frame m) {
        Fields f = m.fields();
        return new ActiveGoal(m.uuid(), m.sessionId(), m.raw(), f.objectOrNull("value", TopLevelCodec::goal));
    }

    private static ActiveGoal.Goal goal(Fields f) {
        return new ActiveGoal.Goal(
                f.string("condition"),
                f.integer("iterations"),
                f.number("set_at"),
                f.number("tokens_at_start"),
                f.stringOrNull("last_reason"));
    }

    static AutocompactState autocompactState(Frame m) {
        Fields f = m.fields();
        return new AutocompactState(m.uuid(), m.sessionId(), m.raw(), f.object("value", TopLevelCodec::state));
    }

    private static AutocompactState.State state(Fields f) {
        return new AutocompactState.State(
                f.flag("enabled"),
                f.number("effective_window"),
                f.number("threshold"),
                f.flag("enforced"),
                f.string("source"));
    }
}
