package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.dialog.UserDialogHandler;
import io.github.claudesessions.dialog.UserDialogReply;
import io.github.claudesessions.dialog.UserDialogRequest;
import io.github.claudesessions.internal.codec.DialogCodec;
import io.github.claudesessions.internal.json.Json;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code request_user_dialog}. Whatever goes wrong cancels the dialog; what went wrong is in the log alone. */
public final class DialogResponder implements ControlRouter.Handler {
    private static final Logger log = LoggerFactory.getLogger(DialogResponder.class);

    private final @Nullable UserDialogHandler handler;

    /**
     * @param handler answers; without one a dialog, which the CLI was told not to ask for, is left to the CLI's own choice
     *     at once, not after its time limit
     */
    public DialogResponder(@Nullable UserDialogHandler handler) {
        this.handler = handler;
    }

    @Override
    public ObjectNode handle(JsonNode request, ControlRouter.Call call) {
        if (handler == null) {
            return cancelled();
        }
        UserDialogRequest asked = DialogCodec.decode(request);
        try {
            UserDialogReply reply = handler.answer(asked);
            if (reply == null) { // handlers are the user's, whatever their types say
                log.warn("The dialog handler returned null for {}; the dialog is cancelled", asked);
                return cancelled();
            }
            return switch (reply) {
                case UserDialogReply.Cancelled cancelled -> cancelled();
                case UserDialogReply.Completed completed -> {
                    ObjectNode answer = Json.object().put("behavior", "completed");
                    answer.set("result", Json.objectOf(completed.result()));
                    yield answer;
                }
            };
        } catch (InterruptedException e) {
            log.debug("The dialog handler was interrupted at {}", asked);
            return cancelled();
        } catch (Exception | Error e) {
            log.warn("The dialog handler failed at {}; the dialog is cancelled", asked, e);
            return cancelled();
        }
    }

    private static ObjectNode cancelled() {
        return Json.object().put("behavior", "cancelled");
    }
}
