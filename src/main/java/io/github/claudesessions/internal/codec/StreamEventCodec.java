package io.github.claudesessions.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.message.ApiEvent;
import io.github.claudesessions.message.ContentBlock;
import io.github.claudesessions.message.Delta;
import io.github.claudesessions.message.StopReason;
import io.github.claudesessions.message.StreamEvent;
import io.github.claudesessions.message.UnknownBlock;
import java.util.Map;

/**
 * Wire type {@code stream_event} from a tree: all shapes. {@link DeltaReader} reads the most frequent of them faster
 * and must give the same messages.
 */
final class StreamEventCodec {
    private StreamEventCodec() {}

    static StreamEvent streamEvent(Frame m) {
        Fields f = m.fields();
        return new StreamEvent(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.object("event", StreamEventCodec::event),
                f.stringOrNull("parent_tool_use_id"),
                f.numberOrNull("ttft_ms"),
                f.stringOrNull("user_message_uuid"),
                f.stringsOrEmpty("user_message_uuids"),
                f.stringOrNull("resume_reason"),
                f.stringOrNull("api_message_id"));
    }

    private static ApiEvent event(Fields f) {
        String type = f.stringOrNull("type");
        return switch (type == null ? "" : type) {
            case "content_block_delta" ->
                new ApiEvent.ContentBlockDelta(f.integer("index"), f.object("delta", StreamEventCodec::delta));
            case "content_block_stop" -> new ApiEvent.ContentBlockStop(f.integer("index"));
            case "content_block_start" ->
                new ApiEvent.ContentBlockStart(f.integer("index"), block(f.required("content_block")));
            case "message_start" -> f.object("message", StreamEventCodec::messageStart);
            case "message_delta" -> {
                Fields delta = f.child("delta");
                yield new ApiEvent.MessageDelta(
                        delta.valueOrNull("stop_reason", StopReason::new),
                        delta.stringOrNull("stop_sequence"),
                        UsageCodec.usageOrNone(f, "usage"));
            }
            case "message_stop" -> new ApiEvent.MessageStop();
            case "ping" -> new ApiEvent.Ping();
            case "error" -> f.object("error", e -> new ApiEvent.ApiErrorEvent(e.string("type"), e.string("message")));
            default -> new ApiEvent.UnknownApiEvent(type == null ? "" : type, f.all());
        };
    }

    private static ApiEvent.MessageStart messageStart(Fields f) {
        return new ApiEvent.MessageStart(f.stringOrNull("id"), f.string("model"), UsageCodec.usageOrNone(f, "usage"));
    }

    private static ContentBlock block(JsonNode block) {
        return block.isObject() ? BlockCodec.block(block) : new UnknownBlock("", Map.of());
    }

    private static Delta delta(Fields f) {
        String type = f.stringOrNull("type");
        return switch (type == null ? "" : type) {
            case "text_delta" -> new Delta.TextDelta(f.string("text"));
            case "input_json_delta" -> new Delta.InputJsonDelta(f.string("partial_json"));
            case "thinking_delta" -> new Delta.ThinkingDelta(f.string("thinking"));
            case "signature_delta" -> new Delta.SignatureDelta(f.string("signature"));
            case "citations_delta" -> new Delta.CitationsDelta(f.map("citation"));
            default -> new Delta.UnknownDelta(type == null ? "" : type, f.all());
        };
    }
}
