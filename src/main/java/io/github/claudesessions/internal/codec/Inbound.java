package io.github.claudesessions.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.message.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one line of the CLI's standard output is. */
public sealed interface Inbound {
    /**
     * A message.
     *
     * @param hostOnly true if the line says {@code sdk_host_only}: it is for the library, not for the user
     */
    record Delivered(Message message, boolean hostOnly) implements Inbound {
        /** A message for the user. */
        public Delivered(Message message) {
            this(message, false);
        }
    }

    /** The CLI asks; it waits until it is answered. The subtype is empty if there is none. */
    record ControlRequest(String requestId, String subtype, JsonNode request) implements Inbound {}

    /**
     * The CLI answers.
     *
     * @param response the payload of a success, null without one
     * @param stillAsked what the CLI asked somebody else and got no answer to; only {@code initialize} brings it
     */
    record ControlResponse(
            String requestId,
            boolean success,
            @Nullable JsonNode response,
            @Nullable String error,
            @Nullable String errorCode,
            List<ControlRequest> stillAsked)
            implements Inbound {}

    /** The CLI no longer wants an answer. */
    record ControlCancel(String requestId) implements Inbound {}

    /** The CLI is alive. */
    record KeepAlive() implements Inbound {}

    /** Rows that the CLI wrote to a transcript; {@code entries} is an array. */
    record TranscriptMirror(String filePath, JsonNode entries) implements Inbound {}

    /** The line is not a JSON object: a banner of a sandbox, debug output, a line cut short. */
    record NotJson(int bytes) implements Inbound {}
}
