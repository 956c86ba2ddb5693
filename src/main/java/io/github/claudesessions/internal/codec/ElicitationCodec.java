package io.github.claudesessions.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.elicitation.ElicitationRequest;

/** What an elicitation handler is told. */
public final class ElicitationCodec {
    private static final String FORM = "form";

    private ElicitationCodec() {}

    /** The request {@code elicitation}. One without a mode is a form. */
    public static ElicitationRequest decode(JsonNode request) {
        Fields f = Fields.of("elicitation", request);
        String server = f.string("mcp_server_name");
        String message = f.string("message");
        ElicitationRequest.Display display = new ElicitationRequest.Display(
                f.stringOrNull("title"), f.stringOrNull("display_name"), f.stringOrNull("description"));
        String mode = f.stringOrNull("mode");
        return switch (mode == null ? FORM : mode) {
            case FORM ->
                new ElicitationRequest.Form(server, message, f.mapOrEmpty("requested_schema"), display, f.all());
            case "url" -> {
                String id = f.stringOrNull("elicitation_id");
                yield new ElicitationRequest.Url(
                        server, message, f.string("url"), id == null ? "" : id, display, f.all());
            }
            default -> new ElicitationRequest.Unknown(server, message, String.valueOf(mode), display, f.all());
        };
    }
}
