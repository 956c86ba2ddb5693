package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.elicitation.ElicitationHandler;
import io.github.claudesessions.elicitation.ElicitationReply;
import io.github.claudesessions.elicitation.ElicitationRequest;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.codec.ElicitationCodec;
import io.github.claudesessions.internal.json.Json;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code elicitation}. Whatever goes wrong cancels the question; what went wrong is in the log alone. */
public final class ElicitationResponder implements ControlRouter.Handler {
    private static final Logger log = LoggerFactory.getLogger(ElicitationResponder.class);

    private final @Nullable ElicitationHandler handler;
    private final @Nullable Duration limit;

    /**
     * @param handler answers; without one everything is declined, since there is nobody to ask
     * @param limit how long it may take, or null
     */
    public ElicitationResponder(@Nullable ElicitationHandler handler, @Nullable Duration limit) {
        this.handler = handler;
        this.limit = limit;
    }

    @Override
    public ObjectNode handle(JsonNode request, ControlRouter.Call call) {
        if (handler == null) {
            return action("decline");
        }
        ElicitationRequest asked = ElicitationCodec.decode(request);
        try {
            ElicitationReply reply = handler.answer(asked);
            if (reply == null) { // handlers are the user's, whatever their types say
                log.warn("The elicitation handler returned null for {}; the question is cancelled", asked);
                return action("cancel");
            }
            return encode(asked, reply);
        } catch (InterruptedException e) {
            log.debug("The elicitation handler was interrupted at {}", asked);
            return action("cancel");
        } catch (Exception | Error e) {
            log.warn("The elicitation handler failed at {}; the question is cancelled", asked, e);
            return action("cancel");
        }
    }

    @Override
    public @Nullable Duration limit(JsonNode request) {
        return limit;
    }

    @Override
    public ObjectNode expired(JsonNode request) {
        log.warn(
                "The elicitation handler took longer than {} for {}; the question is cancelled",
                limit,
                ElicitationCodec.decode(request));
        return action("cancel");
    }

    private static ObjectNode encode(ElicitationRequest asked, ElicitationReply reply) {
        return switch (reply) {
            case ElicitationReply.Decline decline -> action("decline");
            case ElicitationReply.Cancel cancel -> action("cancel");
            case ElicitationReply.Accept accept -> accept(asked, accept);
        };
    }

    private static ObjectNode accept(ElicitationRequest asked, ElicitationReply.Accept accept) {
        ObjectNode answer = action("accept");
        if (asked instanceof ElicitationRequest.Url) {
            Check.that(
                    accept.content().isEmpty(),
                    "content must be empty for a page, had %d values",
                    accept.content().size());
            return answer;
        }
        if (asked instanceof ElicitationRequest.Form form) {
            form.check(accept.content());
        }
        answer.set("content", Json.objectOf(accept.content()));
        return answer;
    }

    private static ObjectNode action(String action) {
        return Json.object().put("action", action);
    }
}
