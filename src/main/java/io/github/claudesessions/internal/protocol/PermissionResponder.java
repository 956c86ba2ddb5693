package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.codec.PermissionCodec;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.permission.DecisionClassification;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.permission.PermissionRequest;
import io.github.claudesessions.permission.PlanRequest;
import io.github.claudesessions.permission.QuestionRequest;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code can_use_tool}. Whatever goes wrong, the answer is no; what went wrong is in the log, not in the answer. */
public final class PermissionResponder implements ControlRouter.Handler {
    private static final Logger log = LoggerFactory.getLogger(PermissionResponder.class);

    private final @Nullable PermissionHandler handler;
    private final @Nullable Duration limit;
    private final UpdateAnswers updates;

    /**
     * @param handler decides; without one everything is denied
     * @param limit how long it may take, or null
     * @param changes told of the rules that a decision carries
     */
    public PermissionResponder(@Nullable PermissionHandler handler, @Nullable Duration limit, Changes changes) {
        this.handler = handler;
        this.limit = limit;
        this.updates = new UpdateAnswers(changes);
    }

    @Override
    public ObjectNode handle(JsonNode request, ControlRouter.Call call) {
        PermissionRequest asked = PermissionCodec.decode(request);
        if (handler == null) {
            return deny(asked, "the host has no permission handler, so the call is not allowed");
        }
        try {
            PermissionDecision decision = decide(handler, asked);
            if (decision == null) {
                log.warn("The permission handler returned null for {}; the call is denied", asked);
                return deny(asked, "the permission handler made no decision, so the call is not allowed");
            }
            return encode(asked, decision, call);
        } catch (InterruptedException e) {
            log.debug("The permission handler was interrupted at {}", asked);
            return deny(asked, "the permission handler was interrupted, so the call is not allowed");
        } catch (Exception | Error e) {
            log.warn("The permission handler failed at {}; the call is denied", asked, e);
            return deny(asked, "the permission handler failed, so the call is not allowed");
        }
    }

    @Override
    public @Nullable Duration limit(JsonNode request) {
        return limit;
    }

    @Override
    public ObjectNode expired(JsonNode request) {
        PermissionRequest asked = PermissionCodec.decode(request);
        log.warn("The permission handler took longer than {} for {}; the call is denied", limit, asked);
        return deny(asked, "the permission handler made no decision in time, so the call is not allowed");
    }

    /** Handlers are the user's, so that null can come whatever their types say. */
    private static @Nullable PermissionDecision decide(PermissionHandler handler, PermissionRequest asked)
            throws Exception {
        Optional<QuestionRequest> questions = QuestionRequest.of(asked);
        if (questions.isPresent()) {
            return handler.answer(questions.get()).toDecision(questions.get());
        }
        Optional<PlanRequest> plan = PlanRequest.of(asked);
        return plan.isPresent() ? handler.review(plan.get()).toDecision() : handler.decide(asked);
    }

    private ObjectNode encode(PermissionRequest asked, PermissionDecision decision, ControlRouter.Call call) {
        return switch (decision) {
            case PermissionDecision.Deny deny -> {
                ObjectNode answer = classify(deny(asked, deny.message()), deny.classification());
                yield deny.interrupt() ? answer.put("interrupt", true) : answer;
            }
            case PermissionDecision.Allow allow -> {
                ObjectNode answer = classify(answer(asked, "allow"), allow.classification());
                if (allow.updatedInput() != null) {
                    answer.set("updatedInput", Json.objectOf(allow.updatedInput()));
                }
                updates.put(answer, allow.updatedPermissions(), asked, asked.suggestions(), call);
                yield answer;
            }
        };
    }

    private static ObjectNode classify(ObjectNode answer, @Nullable DecisionClassification classification) {
        return classification == null ? answer : answer.put("decisionClassification", classification.value());
    }

    private static ObjectNode deny(PermissionRequest asked, String message) {
        return answer(asked, "deny").put("message", message.isBlank() ? "the call is not allowed" : message);
    }

    private static ObjectNode answer(PermissionRequest asked, String behavior) {
        ObjectNode answer = Json.object().put("behavior", behavior);
        return asked.toolUseId().isEmpty() ? answer : answer.put("toolUseID", asked.toolUseId());
    }
}
