package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.Frozen;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a hook answers; each type has what its events allow. Immutable: every method returns a new value.
 *
 * @param <S> the type itself
 */
public abstract sealed class HookOutput<S extends HookOutput<S>>
        permits BlockOutput,
                ContextOutput,
                ElicitationOutput,
                MessageDisplayOutput,
                NoOutput,
                PermissionDeniedOutput,
                PermissionRequestOutput,
                PostToolUseOutput,
                PreModelSwitchOutput,
                PreToolUseOutput,
                SessionStartOutput,
                StopOutput,
                UnknownHookOutput,
                UserPromptExpansionOutput,
                UserPromptSubmitOutput,
                WatchOutput,
                WorktreeCreateOutput {
    private final Map<String, Object> common;
    private final Map<String, Object> specific;

    HookOutput(Map<String, Object> common, Map<String, Object> specific) {
        this.common = Frozen.map(common);
        this.specific = Frozen.map(specific);
    }

    abstract S make(Map<String, Object> common, Map<String, Object> specific);

    final S common(String field, Object value) {
        return make(with(common, field, value), specific);
    }

    final S specific(String field, Object value) {
        return make(common, with(specific, field, value));
    }

    private static Map<String, Object> with(Map<String, Object> map, String field, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(map);
        copy.put(field, value);
        return copy;
    }

    /**
     * The turn ends after what this is about. It does not prevent that: an allowed tool runs before the turn ends, so that
     * preventing it needs a refusal as well. What the output adds for the model or shows to the user is left out then. No
     * effect at events that only tell of something, such as {@code Notification} and {@code PermissionDenied}.
     *
     * @param reason why: the user is told if that ends the turn of a prompt, the model learns it if it ends the turn
     *     after a tool call
     */
    public final S stopTurn(String reason) {
        Check.notBlank("reason", reason);
        return make(with(with(common, "continue", false), "stopReason", reason), specific);
    }

    /**
     * Shows {@code text} to the user, as an {@link io.github.claudesessions.message.InformationalMessage
     * InformationalMessage}; the model does not see it. No effect at {@code Notification} and {@code PermissionDenied}.
     */
    public final S systemMessage(String text) {
        return common("systemMessage", Check.notNull("text", text));
    }

    /**
     * Keeps the text that a command of the settings has written out of what the user is shown. No effect for the code of a
     * host, which writes none: CLI 2.1.330 shows and records the other fields all the same.
     */
    public final S suppressOutput() {
        return common("suppressOutput", true);
    }

    /** The JSON object that is sent for the event {@code name}. */
    public final Map<String, Object> toMap(String name) {
        if (specific.isEmpty()) {
            return common;
        }
        Map<String, Object> map = new LinkedHashMap<>(common);
        Map<String, Object> own = new LinkedHashMap<>();
        own.put("hookEventName", name);
        own.putAll(specific);
        map.put("hookSpecificOutput", own);
        return Frozen.map(map);
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof HookOutput<?> that
                && getClass() == that.getClass()
                && common.equals(that.common)
                && specific.equals(that.specific);
    }

    @Override
    public final int hashCode() {
        return 31 * common.hashCode() + specific.hashCode();
    }

    /** The names of the fields; their values can be private. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + common.keySet() + specific.keySet();
    }
}
