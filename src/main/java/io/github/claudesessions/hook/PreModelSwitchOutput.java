package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import java.util.Map;

/** What a hook says about a change of the model. */
public final class PreModelSwitchOutput extends HookOutput<PreModelSwitchOutput> {
    private PreModelSwitchOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing: the model changes as without the hook. */
    public static PreModelSwitchOutput proceed() {
        return new PreModelSwitchOutput(Map.of(), Map.of());
    }

    /** The model changes, and nobody is asked. */
    public static PreModelSwitchOutput allow() {
        return decision("allow");
    }

    /**
     * The model stays; whoever wanted to change it gets an error with the reason.
     *
     * @param reason why
     */
    public static PreModelSwitchOutput deny(String reason) {
        return decision("deny").specific("permissionDecisionReason", Check.notBlank("reason", reason));
    }

    /**
     * The user is asked, which a session without a terminal can not: as {@link #deny}.
     *
     * @param reason why
     */
    public static PreModelSwitchOutput ask(String reason) {
        return decision("ask").specific("permissionDecisionReason", Check.notBlank("reason", reason));
    }

    private static PreModelSwitchOutput decision(String decision) {
        return new PreModelSwitchOutput(Map.of(), Map.of("permissionDecision", decision));
    }

    @Override
    PreModelSwitchOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new PreModelSwitchOutput(common, specific);
    }
}
