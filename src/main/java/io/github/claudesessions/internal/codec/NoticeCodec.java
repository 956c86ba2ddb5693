package io.github.claudesessions.internal.codec;

import io.github.claudesessions.message.CodeChangePublished;
import io.github.claudesessions.message.DevIntent;
import io.github.claudesessions.message.FeedbackDraftQueued;
import io.github.claudesessions.message.FileAttachmentsMissing;
import io.github.claudesessions.message.FilesPersisted;
import io.github.claudesessions.message.InformationalMessage;
import io.github.claudesessions.message.InheritedAsksSettled;
import io.github.claudesessions.message.InstructionSizeWarning;
import io.github.claudesessions.message.LateAllowNotRun;
import io.github.claudesessions.message.LocalCommandOutput;
import io.github.claudesessions.message.MemoryRecall;
import io.github.claudesessions.message.NoticeLevel;
import io.github.claudesessions.message.NotificationMessage;
import io.github.claudesessions.message.NotificationPriority;
import io.github.claudesessions.message.PeerMessageHold;
import io.github.claudesessions.message.PermissionDenied;
import io.github.claudesessions.message.SessionWritesLost;

/** System messages for the user's eyes. */
final class NoticeCodec {
    private NoticeCodec() {}

    static InformationalMessage informationalMessage(Frame m) {
        Fields f = m.fields();
        return new InformationalMessage(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("content"),
                f.value("level", NoticeLevel::new),
                f.stringOrNull("tool_use_id"),
                f.flagOrFalse("prevent_continuation"),
                f.stringOrNull("tag"));
    }

    static NotificationMessage notificationMessage(Frame m) {
        Fields f = m.fields();
        return new NotificationMessage(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("key"),
                f.string("text"),
                f.value("priority", NotificationPriority::new),
                f.stringOrNull("color"),
                f.numberOrNull("timeout_ms"));
    }

    static LocalCommandOutput localCommandOutput(Frame m) {
        Fields f = m.fields();
        return new LocalCommandOutput(m.uuid(), m.sessionId(), m.raw(), f.string("content"));
    }

    static PermissionDenied permissionDenied(Frame m) {
        Fields f = m.fields();
        return new PermissionDenied(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("tool_name"),
                f.string("tool_use_id"),
                f.stringOrNull("agent_id"),
                f.stringOrNull("decision_reason_type"),
                f.stringOrNull("decision_reason"),
                f.string("message"));
    }

    static MemoryRecall memoryRecall(Frame m) {
        Fields f = m.fields();
        return new MemoryRecall(
                m.uuid(), m.sessionId(), m.raw(), f.string("mode"), f.list("memories", NoticeCodec::memory));
    }

    private static MemoryRecall.Memory memory(Fields f) {
        return new MemoryRecall.Memory(f.string("path"), f.string("scope"), f.stringOrNull("content"));
    }

    static FilesPersisted filesPersisted(Frame m) {
        Fields f = m.fields();
        return new FilesPersisted(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.list("files", NoticeCodec::persisted),
                f.list("failed", NoticeCodec::failed),
                f.string("processed_at"));
    }

    private static FilesPersisted.Persisted persisted(Fields f) {
        return new FilesPersisted.Persisted(f.string("filename"), f.string("file_id"));
    }

    private static FilesPersisted.Failed failed(Fields f) {
        return new FilesPersisted.Failed(f.string("filename"), f.string("error"));
    }

    static InstructionSizeWarning instructionSizeWarning(Frame m) {
        Fields f = m.fields();
        return new InstructionSizeWarning(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.number("total_chars"),
                f.number("total_limit_chars"),
                f.integer("file_count"),
                f.numberOrNull("largest_chars"));
    }

    static SessionWritesLost sessionWritesLost(Frame m) {
        Fields f = m.fields();
        return new SessionWritesLost(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("error_code"),
                f.strings("lost"),
                f.stringsOrEmpty("transcript_session_ids"));
    }

    static FileAttachmentsMissing fileAttachmentsMissing(Frame m) {
        Fields f = m.fields();
        return new FileAttachmentsMissing(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("message_uuid"),
                f.integer("sent_count"),
                f.list("missing", NoticeCodec::missing));
    }

    private static FileAttachmentsMissing.Missing missing(Fields f) {
        return new FileAttachmentsMissing.Missing(f.string("file_uuid"), f.string("reason"));
    }

    static CodeChangePublished codeChangePublished(Frame m) {
        Fields f = m.fields();
        return new CodeChangePublished(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("provider"),
                f.string("url"),
                f.string("repo"),
                f.string("identifier"),
                f.stringOrNull("action"),
                f.stringOrNull("branch"));
    }

    static DevIntent devIntent(Frame m) {
        Fields f = m.fields();
        return new DevIntent(m.uuid(), m.sessionId(), m.raw(), f.string("kind"), f.stringOrNull("trigger"));
    }

    static FeedbackDraftQueued feedbackDraftQueued(Frame m) {
        Fields f = m.fields();
        return new FeedbackDraftQueued(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("draft_id"),
                f.string("draft_type"),
                f.string("title"),
                f.string("details_preview"));
    }

    static InheritedAsksSettled inheritedAsksSettled(Frame m) {
        Fields f = m.fields();
        return new InheritedAsksSettled(m.uuid(), m.sessionId(), m.raw(), f.strings("kept_request_ids"));
    }

    static LateAllowNotRun lateAllowNotRun(Frame m) {
        Fields f = m.fields();
        return new LateAllowNotRun(
                m.uuid(), m.sessionId(), m.raw(), f.string("request_id"), f.string("tool_use_id"), f.string("reason"));
    }

    static PeerMessageHold peerMessageHold(Frame m) {
        Fields f = m.fields();
        return new PeerMessageHold(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("state"),
                f.stringOrNull("message_uuid"),
                f.string("lane"),
                f.string("from"),
                f.stringOrNull("from_name"),
                f.stringOrNull("cause"),
                f.stringOrNull("outcome"),
                f.stringOrNull("reason"));
    }
}
