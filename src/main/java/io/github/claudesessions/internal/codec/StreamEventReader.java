package io.github.claudesessions.internal.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.ApiEvent;
import io.github.claudesessions.message.Delta;
import io.github.claudesessions.message.RawJson;
import io.github.claudesessions.message.StreamEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events that come by the thousand, deltas of a block and the end of a block, straight from the bytes. One
 * object reads one line. It gives up on everything out of the ordinary, which {@link StreamEventCodec} then does, so
 * that there is one place where leniency is decided. Types can come after what they describe, so all fields are read
 * first.
 */
final class StreamEventReader {
    private final JsonParser parser;
    private boolean odd;

    private @Nullable String eventType;
    private int index = -1;
    private @Nullable Delta delta;

    private StreamEventReader(JsonParser parser) {
        this.parser = parser;
    }

    /** Returns the event, or null if the line is something else or unusual. */
    static @Nullable StreamEvent read(byte[] buf, int off, int len) throws IOException {
        try (JsonParser parser = Json.FACTORY.createParser(buf, off, len)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    ? new StreamEventReader(parser).line(buf, off, len)
                    : null;
        }
    }

    private @Nullable StreamEvent line(byte[] buf, int off, int len) throws IOException {
        boolean isEvent = false;
        String uuid = null;
        String sessionId = null;
        String parentToolUseId = null;
        Long ttftMs = null;
        String userMessageUuid = null;
        List<String> userMessageUuids = List.of();
        String resumeReason = null;
        String apiMessageId = null;
        for (String name = parser.nextFieldName(); name != null && !odd; name = parser.nextFieldName()) {
            switch (name) {
                case "type" -> {
                    isEvent = "stream_event".equals(parser.nextTextValue());
                    odd = !isEvent;
                }
                case "event" -> event();
                case "uuid" -> uuid = text();
                case "session_id" -> sessionId = text();
                case "parent_tool_use_id" -> parentToolUseId = text();
                case "ttft_ms" -> ttftMs = number();
                case "user_message_uuid" -> userMessageUuid = text();
                case "user_message_uuids" -> userMessageUuids = texts();
                case "resume_reason" -> resumeReason = text();
                case "api_message_id" -> apiMessageId = text();
                case "sdk_host_only" -> odd = true;
                default -> skip();
            }
        }
        if (odd || !isEvent || parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
            return null;
        }
        ApiEvent event = result();
        return event == null
                ? null
                : new StreamEvent(
                        uuid,
                        sessionId,
                        RawJson.ofUtf8(Arrays.copyOfRange(buf, off, off + len)),
                        event,
                        parentToolUseId,
                        ttftMs,
                        userMessageUuid,
                        userMessageUuids,
                        resumeReason,
                        apiMessageId);
    }

    private @Nullable ApiEvent result() {
        if (eventType == null || index < 0) {
            return null;
        }
        return switch (eventType) {
            case "content_block_delta" -> delta == null ? null : new ApiEvent.ContentBlockDelta(index, delta);
            case "content_block_stop" -> new ApiEvent.ContentBlockStop(index);
            default -> null;
        };
    }

    private void event() throws IOException {
        eventType = null;
        index = -1;
        delta = null;
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            odd = true;
            return;
        }
        for (String name = parser.nextFieldName(); name != null && !odd; name = parser.nextFieldName()) {
            switch (name) {
                case "type" -> eventType = text();
                case "index" -> {
                    Long number = number();
                    index = number == null || number != number.intValue() ? -1 : number.intValue();
                }
                case "delta" -> delta();
                default -> skip();
            }
        }
    }

    private void delta() throws IOException {
        delta = null;
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            odd = true;
            return;
        }
        String type = null;
        String text = null;
        String partialJson = null;
        String thinking = null;
        String signature = null;
        for (String name = parser.nextFieldName(); name != null && !odd; name = parser.nextFieldName()) {
            switch (name) {
                case "type" -> type = text();
                case "text" -> text = text();
                case "partial_json" -> partialJson = text();
                case "thinking" -> thinking = text();
                case "signature" -> signature = text();
                default -> skip();
            }
        }
        delta = switch (type == null ? "" : type) {
            case "text_delta" -> text == null ? null : new Delta.TextDelta(text);
            case "input_json_delta" -> partialJson == null ? null : new Delta.InputJsonDelta(partialJson);
            case "thinking_delta" -> thinking == null ? null : new Delta.ThinkingDelta(thinking);
            case "signature_delta" -> signature == null ? null : new Delta.SignatureDelta(signature);
            default -> null;
        };
    }

    private void skip() throws IOException {
        parser.nextToken();
        parser.skipChildren();
    }

    private @Nullable String text() throws IOException {
        String value = parser.nextTextValue();
        if (value == null && parser.currentToken() != JsonToken.VALUE_NULL) {
            odd = true;
        }
        return value;
    }

    private @Nullable Long number() throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token == JsonToken.VALUE_NUMBER_INT && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        odd = true;
        return null;
    }

    private List<String> texts() throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            odd = true;
            return List.of();
        }
        List<String> texts = new ArrayList<>(1);
        while (parser.nextToken() == JsonToken.VALUE_STRING) {
            texts.add(parser.getText());
        }
        odd = parser.currentToken() != JsonToken.END_ARRAY;
        return texts;
    }
}
