package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.Frozen;
import java.util.Map;

/** What a hook says about a tool call that has not run. */
public final class PreToolUseOutput extends HookOutput<PreToolUseOutput> {
    private PreToolUseOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing: the rules, or else the permission handler, decide as without the hook. */
    public static PreToolUseOutput proceed() {
        return new PreToolUseOutput(Map.of(), Map.of());
    }

    /** The call runs, and nobody is asked. A rule that denies it wins. */
    public static PreToolUseOutput allow() {
        return decision("allow");
    }

    /**
     * The call does not run; the model is told the reason.
     *
     * @param reason why
     */
    public static PreToolUseOutput deny(String reason) {
        return decision("deny").specific("permissionDecisionReason", Check.notBlank("reason", reason));
    }

    /**
     * The permission handler is asked, also if a rule allows the call.
     *
     * @param reason why
     */
    public static PreToolUseOutput ask(String reason) {
        return decision("ask").specific("permissionDecisionReason", Check.notBlank("reason", reason));
    }

    /** The call does not run now, and the turn ends; its result has the call as {@code deferredToolUse}. */
    public static PreToolUseOutput defer() {
        return decision("defer");
    }

    /** The call gets {@code input}, all of it, instead of its own. */
    public PreToolUseOutput withInput(Map<String, ?> input) {
        return specific("updatedInput", Frozen.map(Check.notNull("input", input)));
    }

    /** Tells the model {@code text} in addition. */
    public PreToolUseOutput additionalContext(String text) {
        return specific("additionalContext", Check.notNull("text", text));
    }

    private static PreToolUseOutput decision(String decision) {
        return new PreToolUseOutput(Map.of(), Map.of("permissionDecision", decision));
    }

    @Override
    PreToolUseOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new PreToolUseOutput(common, specific);
    }
}
