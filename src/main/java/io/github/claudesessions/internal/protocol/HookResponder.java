package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.hook.Hook;
import io.github.claudesessions.hook.HookEvent;
import io.github.claudesessions.hook.HookHandler;
import io.github.claudesessions.hook.HookInput;
import io.github.claudesessions.hook.HookObserver;
import io.github.claudesessions.hook.HookOutput;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.PermissionRequestInput;
import io.github.claudesessions.internal.codec.HookInputCodec;
import io.github.claudesessions.internal.codec.PermissionCodec;
import io.github.claudesessions.internal.json.Json;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code hook_callback}. The CLI takes an error or a malformed output for "go on", so a hook that fails at a gate
 * is answered with an explicit refusal.
 */
public final class HookResponder implements ControlRouter.Handler {
    private static final Logger log = LoggerFactory.getLogger(HookResponder.class);
    private static final String ID = "hook_";

    /** The CLI's own limit lets go of a hook without its answer; it comes after ours, so that ours decides. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private final List<Hook<?, ?>> hooks;
    private final ControlRouter router;
    private final UpdateAnswers updates;

    /** Answers for {@code hooks}; observers run beside {@code router}'s handlers, {@code changes} is told of new rules. */
    public HookResponder(Hooks hooks, ControlRouter router, Changes changes) {
        this.hooks = hooks.all();
        this.router = router;
        this.updates = new UpdateAnswers(changes);
    }

    /** What the CLI must know of {@code hooks}: the member {@code hooks} of {@code initialize}. */
    public static ObjectNode registration(Hooks hooks) {
        ObjectNode events = Json.object();
        for (int i = 0; i < hooks.all().size(); i++) {
            Hook<?, ?> hook = hooks.all().get(i);
            ObjectNode entry = events.withArray(hook.event().name()).addObject();
            String matcher = hook.settings().matcher();
            if (matcher != null) {
                entry.put("matcher", matcher);
            }
            entry.putArray("hookCallbackIds").add(ID + i);
            entry.put("timeout", seconds(hook.settings().timeout().plus(MARGIN)));
            if (hook.blocksOnFailure()) {
                entry.put("onFailure", "block");
            }
        }
        return events;
    }

    private static long seconds(Duration limit) {
        return limit.plusNanos(999_999_999).toSeconds();
    }

    @Override
    public ObjectNode handle(JsonNode request, ControlRouter.Call call) {
        Hook<?, ?> hook = hook(request);
        HookInput input = HookInputCodec.decode(request.path("input"));
        return answer(hook, input, call);
    }

    @Override
    public @Nullable Duration limit(JsonNode request) {
        Hook<?, ?> hook = hook(request);
        return hook.observer() == null ? hook.settings().timeout() : null;
    }

    @Override
    public ObjectNode expired(JsonNode request) {
        Hook<?, ?> hook = hook(request);
        return failed(hook, "took longer than " + hook.settings().timeout(), null);
    }

    private Hook<?, ?> hook(JsonNode request) {
        String id = request.path("callback_id").asText();
        for (int i = 0; i < hooks.size(); i++) {
            if (id.equals(ID + i)) {
                return hooks.get(i);
            }
        }
        throw new IllegalArgumentException("there is no hook " + id);
    }

    private <I extends HookInput, O extends HookOutput<O>> ObjectNode answer(
            Hook<I, O> hook, HookInput given, ControlRouter.Call call) {
        HookEvent<I, O> event = hook.event();
        HookHandler<? super I, O> handler = hook.handler();
        HookObserver<? super I> observer = hook.observer();
        try {
            I input = event.inputType().cast(given);
            if (observer != null) {
                router.beside(() -> observe(event, observer, input));
                return Json.object().put("async", true);
            }
            O output = handler == null ? null : handler.handle(input);
            if (output == null) {
                return failed(hook, "returned null", null);
            }
            ObjectNode answer = Json.objectOf(output.toMap(event.name()));
            if (input instanceof PermissionRequestInput asked
                    && answer.path("hookSpecificOutput").path("decision") instanceof ObjectNode decision) {
                updates.put(
                        decision,
                        PermissionCodec.updates(decision.path("updatedPermissions")),
                        event,
                        asked.permissionSuggestions(),
                        call);
            }
            return answer;
        } catch (InterruptedException e) {
            log.debug("A hook on {} was interrupted", event);
            return failure(hook);
        } catch (Exception | Error e) {
            return failed(hook, "failed", e);
        }
    }

    private static <I extends HookInput> void observe(
            HookEvent<I, ?> event, HookObserver<? super I> observer, I input) {
        try {
            observer.observe(input);
        } catch (InterruptedException e) {
            log.debug("An observer of {} was interrupted", event);
        } catch (Exception | Error e) {
            log.warn("An observer of {} failed", event, e);
        }
    }

    private static ObjectNode failed(Hook<?, ?> hook, String how, @Nullable Throwable cause) {
        log.warn(
                "A hook on {} {}; {}",
                hook.event(),
                how,
                hook.blocksOnFailure() ? "what is about to happen is prevented" : "the turn goes on without it",
                cause);
        return failure(hook);
    }

    /** What is said when a hook has failed. */
    private static <O extends HookOutput<O>> ObjectNode failure(Hook<?, O> hook) {
        O refusal = hook.blocksOnFailure()
                ? hook.event().refusal("a hook of the host failed, so this is not allowed")
                : null;
        if (refusal != null) {
            return Json.objectOf(refusal.toMap(hook.event().name()));
        }
        if (hook.blocksOnFailure()) {
            throw new IllegalStateException("a hook on " + hook.event() + " failed");
        }
        return Json.object();
    }
}
