package io.github.claudesessions.internal.codec;

import io.github.claudesessions.message.FastModeState;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.ResultSubtype;
import io.github.claudesessions.message.StopReason;
import io.github.claudesessions.message.TerminalReason;

/** Wire type {@code result}, all subtypes. */
final class ResultCodec {
    private ResultCodec() {}

    static ResultMessage resultMessage(Frame m) {
        Fields f = m.fields();
        ResultSubtype subtype = f.value("subtype", ResultSubtype::new);
        return new ResultMessage(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                subtype,
                f.flag("is_error", !subtype.equals(ResultSubtype.SUCCESS)),
                f.stringOrNull("result"),
                f.anyOrNull("structured_output"),
                f.stringsOrEmpty("errors"),
                UsageCodec.usageOrNone(f, "usage"),
                f.entries("modelUsage", SharedCodec::modelUsage),
                f.entries("model_usage_since_last_result", SharedCodec::modelUsage),
                f.decimal("total_cost_usd"),
                f.integer("num_turns"),
                f.number("duration_ms"),
                f.number("duration_api_ms"),
                f.valueOrNull("stop_reason", StopReason::new),
                f.valueOrNull("terminal_reason", TerminalReason::new),
                f.integerOrNull("api_error_status"),
                f.list("permission_denials", SharedCodec::permissionDenial),
                f.stringOrNull("user_message_uuid"),
                f.stringsOrEmpty("user_message_uuids"),
                f.objectOrNull("origin", UserCodec::origin),
                f.objectOrNull("deferred_tool_use", SharedCodec::deferredToolUse),
                f.integerOrNull("queued_turn_count"),
                f.numberOrNull("ttft_ms"),
                f.stringOrNull("startup_failure_reason"),
                f.numberOrNull("ttft_stream_ms"),
                f.numberOrNull("time_to_request_ms"),
                f.stringOrNull("resume_reason"),
                f.stringOrNull("local_command"),
                f.mapOrEmpty("subagent_stats"),
                f.integerOrNull("safety_stops"),
                f.stringsOrEmpty("begun_message_ids"),
                f.flagOrFalse("interrupted_by_shutdown"),
                f.flagOrFalse("stopped_by_permission_check"),
                f.integerOrNull("result_index"),
                f.stringOrNull("credential_expires_at"),
                f.valueOrNull("fast_mode_state", FastModeState::new),
                f.stringOrNull("fast_mode_disabled_reason"),
                f.mapOrEmpty("invalid_config_file"));
    }
}
