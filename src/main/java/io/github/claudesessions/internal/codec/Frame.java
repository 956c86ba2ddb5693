package io.github.claudesessions.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.message.RawJson;
import org.jspecify.annotations.Nullable;

/** A message line on its way to a record: what all messages have, and the fields of the line. */
record Frame(@Nullable String uuid, @Nullable String sessionId, RawJson raw, Fields fields) {
    static Frame of(String label, JsonNode line, RawJson raw) {
        Fields fields = Fields.of(label, line);
        return new Frame(fields.stringOrNull("uuid"), fields.stringOrNull("session_id"), raw, fields);
    }
}
