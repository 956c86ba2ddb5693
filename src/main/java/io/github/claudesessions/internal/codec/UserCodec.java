package io.github.claudesessions.internal.codec;

import io.github.claudesessions.message.Origin;
import io.github.claudesessions.message.OriginKind;
import io.github.claudesessions.message.UserMessage;

/** Wire type {@code user}. */
final class UserCodec {
    private UserCodec() {}

    static UserMessage userMessage(Frame m) {
        Fields f = m.fields();
        return new UserMessage(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.object("message", message -> BlockCodec.content(message.required("content"))),
                f.stringOrNull("parent_tool_use_id"),
                f.anyOrNull("tool_use_result"),
                f.flagOrFalse("isSynthetic"),
                f.flagOrFalse("isReplay"),
                f.objectOrNull("origin", UserCodec::origin),
                f.stringOrNull("priority"),
                f.flagOrNull("shouldQuery"),
                f.stringOrNull("timestamp"),
                f.flagOrFalse("client_composed"),
                f.stringOrNull("agent_id"),
                f.stringOrNull("subagent_type"),
                f.stringOrNull("task_description"),
                BlockCodec.content(f.node("pasted_content")),
                f.stringsOrEmpty("inline_pastes"),
                f.valuesOrEmpty("file_attachments"));
    }

    static Origin origin(Fields f) {
        return new Origin(f.value("kind", OriginKind::new), f.all());
    }
}
