package io.github.claudesessions;

import io.github.claudesessions.control.Budget;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.internal.Check;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What options must have in common so that a process that was started with the one serves a session with the other: all
 * of them, an option that is new included. Data is compared by its value, code of the host by its identity: what is
 * called must be the very object that the session was given.
 */
final class SpareFingerprint {
    /** What is about one conversation, or begins to count with it: a process that is there before can't have it. */
    static final Set<Option<?>> REFUSED = Set.of(
            Option.RESUME,
            Option.RESUME_TITLE,
            Option.CONTINUE_CONVERSATION,
            Option.FORK_SESSION,
            Option.SESSION_ID,
            Option.RESUME_SESSION_AT,
            Option.RESUME_DROPS_TURN,
            Option.TITLE,
            Option.TRACE_CONTEXT,
            Option.SESSION_TIMEOUT);

    /** What has code of the host in it. Servers of tools are compared by identity anyhow. */
    static final Set<Option<?>> BY_IDENTITY = Set.of(
            Option.PERMISSION_HANDLER,
            Option.ELICITATION_HANDLER,
            Option.USER_DIALOG_HANDLER,
            Option.HOOKS,
            Option.BUDGET,
            Option.MOUNTED_SERVERS,
            Option.TOOL_CONTEXT,
            Option.TRANSPORT,
            Option.STDERR);

    private final Map<Option<?>, Object> values;

    private SpareFingerprint(Map<Option<?>, Object> values) {
        this.values = values;
    }

    static SpareFingerprint of(ClaudeOptions options) {
        Map<Option<?>, Object> values = new HashMap<>(options.values);
        BY_IDENTITY.forEach(option -> values.computeIfPresent(
                option, (key, value) -> option == Option.TOOL_CONTEXT ? new Same(value) : byIdentity(value)));
        return new SpareFingerprint(values);
    }

    /** Refuses options that no spare process can serve. */
    static void check(ClaudeOptions options) {
        Check.notNull("options", options);
        REFUSED.forEach(option -> Check.that(
                !options.values.containsKey(option),
                "%s must not be set for warm spares, was %s",
                option,
                options.values.get(option)));
        options.budget()
                .map(Budget::maxTime)
                .ifPresent(time -> Check.that(false, "budget must have no time for warm spares, was %s", time));
    }

    private static Object byIdentity(Object value) {
        return switch (value) {
            case Hooks hooks ->
                hooks.all().stream()
                        .map(hook -> List.of(
                                hook.event(), hook.settings(), new Same(hook.handler()), new Same(hook.observer())))
                        .toList();
            case Budget b ->
                List.of(
                        new Budget(
                                b.enforced(), b.maxTurns(), b.maxTokens(), b.maxUsd(), b.maxTime(), b.warnAt(), null),
                        new Same(b.warning()));
            case Map<?, ?> map -> {
                Map<Object, Object> same = new HashMap<>();
                map.forEach((name, entry) -> same.put(name, new Same(entry)));
                yield same;
            }
            default -> new Same(value);
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SpareFingerprint that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Which options; their values can be secrets. */
    @Override
    public String toString() {
        return "SpareFingerprint" + values.keySet();
    }

    /** Equal to nothing but the same object. */
    private record Same(@Nullable Object object) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Same that && object == that.object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }
    }
}
