package io.github.claudesessions.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines that are not messages: control envelopes, keep-alives, copies of the transcript.
 *
 * <pre>
 * {"type":"control_request","request_id":R,"request":{"subtype":S,…}}
 * {"type":"control_response","response":{"subtype":"success","request_id":R,"response":{…}?,"pending_…_requests":[…]?}}
 * {"type":"control_response","response":{"subtype":"error","request_id":R,"error":"text","error_code":C?}}
 * {"type":"control_cancel_request","request_id":R}
 * {"type":"keep_alive"}
 * {"type":"transcript_mirror","filePath":P,"entries":[…]}
 * </pre>
 */
final class ControlCodec {
    private static final List<String> STILL_ASKED =
            List.of("pending_permission_requests", "pending_user_dialog_requests", "pending_elicitation_requests");

    private ControlCodec() {}

    /** Returns null for every other type, and for an envelope that lacks what it is for. */
    static @Nullable Inbound decode(String type, JsonNode line) {
        return switch (type) {
            case "control_request" -> request(line);
            case "control_response" -> response(line.path("response"));
            case "control_cancel_request" -> {
                String id = line.path("request_id").textValue();
                yield id == null ? null : new Inbound.ControlCancel(id);
            }
            case "keep_alive" -> new Inbound.KeepAlive();
            case "transcript_mirror" -> {
                String path = line.path("filePath").textValue();
                JsonNode entries = line.path("entries");
                yield path == null || !entries.isArray() ? null : new Inbound.TranscriptMirror(path, entries);
            }
            default -> null;
        };
    }

    private static @Nullable Inbound request(JsonNode line) {
        String id = line.path("request_id").textValue();
        JsonNode request = line.path("request");
        return id == null || !request.isObject()
                ? null
                : new Inbound.ControlRequest(id, request.path("subtype").asText(""), request);
    }

    private static @Nullable Inbound response(JsonNode envelope) {
        String id = envelope.path("request_id").textValue();
        if (id == null) {
            return null;
        }
        JsonNode payload = envelope.path("response");
        return new Inbound.ControlResponse(
                id,
                envelope.path("subtype").asText("").equals("success"),
                payload.isMissingNode() || payload.isNull() ? null : payload,
                envelope.path("error").textValue(),
                envelope.path("error_code").textValue(),
                stillAsked(envelope));
    }

    private static List<Inbound.ControlRequest> stillAsked(JsonNode envelope) {
        List<Inbound.ControlRequest> requests = new ArrayList<>();
        for (String field : STILL_ASKED) {
            for (JsonNode line : envelope.path(field)) {
                if (request(line) instanceof Inbound.ControlRequest request) {
                    requests.add(request);
                }
            }
        }
        return requests;
    }
}
