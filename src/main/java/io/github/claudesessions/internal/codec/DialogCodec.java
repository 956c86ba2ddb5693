package io.github.claudesessions.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.dialog.UserDialogRequest;
import java.util.Optional;

/** What a dialog handler is told. */
public final class DialogCodec {
    private DialogCodec() {}

    /** The request {@code request_user_dialog}. */
    public static UserDialogRequest decode(JsonNode request) {
        Fields f = Fields.of("request_user_dialog", request);
        return new UserDialogRequest(
                f.string("dialog_kind"), f.mapOrEmpty("payload"), Optional.ofNullable(f.stringOrNull("tool_use_id")));
    }
}
