package io.github.claudesessions.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.OversizeMessage;
import io.github.claudesessions.message.RawJson;
import io.github.claudesessions.message.StreamEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Lines to typed values. It never throws: a line that can't be understood is a value too. One thread at a time; what it
 * remembers of one line changes nothing but the cost of the next.
 */
public final class InboundDecoder {
    private final DeltaReader deltas = new DeltaReader();

    /** The value of the line in {@code buf}, which is not kept. */
    public Inbound decode(byte[] buf, int off, int len) {
        if (!startsObject(buf, off, len)) {
            return new Inbound.NotJson(len);
        }
        StreamEvent event = deltas.read(buf, off, len);
        return event != null ? new Inbound.Delivered(event) : decodeTree(buf, off, len);
    }

    /** The message for a line that the framer skipped. */
    public OversizeMessage oversize(long bytes, byte[] head) {
        int end = head.length;
        if (end < bytes) {
            // The cut can be inside a character: drop what is there of it.
            int start = end;
            while (start > 0 && (head[start - 1] & 0xC0) == 0x80) {
                start--;
            }
            if (start > 0 && (head[start - 1] & 0xC0) == 0xC0 && end - start < continuations(head[start - 1])) {
                end = start - 1;
            }
        }
        return OversizeMessage.of(bytes, new String(head, 0, end, StandardCharsets.UTF_8));
    }

    private static int continuations(byte lead) {
        return (lead & 0xF0) == 0xF0 ? 3 : (lead & 0xE0) == 0xE0 ? 2 : 1;
    }

    /** Refuses other encodings as well, which Jackson would detect by their zero bytes. */
    private static boolean startsObject(byte[] buf, int off, int len) {
        int i = off;
        int end = off + len;
        while (i < end && (buf[i] == ' ' || buf[i] == '\t' || buf[i] == '\r')) {
            i++;
        }
        return end - i >= 2 && buf[i] == '{' && buf[i + 1] != 0;
    }

    private static Inbound decodeTree(byte[] buf, int off, int len) {
        JsonNode line;
        try {
            line = Json.parse(buf, off, len);
        } catch (IOException | RuntimeException | StackOverflowError e) {
            return new Inbound.NotJson(len);
        }
        if (!line.isObject()) {
            return new Inbound.NotJson(len);
        }
        String type = line.path("type").asText("");
        Inbound control = ControlCodec.decode(type, line);
        if (control != null) {
            return control;
        }
        RawJson raw = RawJson.ofUtf8(Arrays.copyOfRange(buf, off, off + len));
        return new Inbound.Delivered(
                MessageCodec.decode(type, line, raw), line.path("sdk_host_only").booleanValue());
    }
}
