package io.github.claudesessions.internal.codec;

import io.github.claudesessions.message.ApiErrorKind;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.ContentBlock;
import io.github.claudesessions.message.StopReason;
import io.github.claudesessions.message.Usage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wire type {@code assistant}: fields of the line, and those of the API's message inside it. */
final class AssistantCodec {
    private AssistantCodec() {}

    private record Inner(
            @Nullable String id,
            String model,
            List<ContentBlock> content,
            @Nullable StopReason stopReason,
            @Nullable String stopSequence,
            Usage usage) {}

    static AssistantMessage assistantMessage(Frame m) {
        Fields f = m.fields();
        Inner inner = f.object("message", AssistantCodec::inner);
        return new AssistantMessage(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                inner.id(),
                inner.model(),
                inner.content(),
                inner.stopReason(),
                inner.stopSequence(),
                inner.usage(),
                f.stringOrNull("parent_tool_use_id"),
                f.valueOrNull("error", ApiErrorKind::new),
                f.flagOrFalse("aborted"),
                f.stringOrNull("request_id"),
                f.stringOrNull("user_message_uuid"),
                f.stringsOrEmpty("user_message_uuids"),
                f.stringOrNull("agent_id"),
                f.stringOrNull("subagent_type"),
                f.stringOrNull("task_description"),
                f.stringsOrEmpty("supersedes"),
                f.stringOrNull("resume_reason"),
                f.flagOrFalse("resumed_from_incomplete_thinking"),
                f.stringOrNull("timestamp"),
                f.mapOrEmpty("context_usage"),
                f.mapOrEmpty("usage_report"));
    }

    private static Inner inner(Fields f) {
        return new Inner(
                f.stringOrNull("id"),
                f.string("model"),
                BlockCodec.content(f.required("content")),
                f.valueOrNull("stop_reason", StopReason::new),
                f.stringOrNull("stop_sequence"),
                UsageCodec.usageOrNone(f, "usage"));
    }
}
