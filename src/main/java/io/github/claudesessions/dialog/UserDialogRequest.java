package io.github.claudesessions.dialog;

import io.github.claudesessions.internal.Frozen;
import java.util.Map;
import java.util.Optional;

/**
 * A dialog that the CLI wants shown; the control request {@code request_user_dialog}.
 *
 * @param kind which dialog; decides what payload and result hold
 * @param payload what is to be shown
 * @param toolUseId the tool call that it is about, if there is one
 */
public record UserDialogRequest(String kind, Map<String, Object> payload, Optional<String> toolUseId) {
    /** Copies the collection. */
    public UserDialogRequest {
        payload = Frozen.map(payload);
    }

    /** What is to be shown is left out. */
    @Override
    public String toString() {
        return "UserDialogRequest[" + kind + "]";
    }
}
