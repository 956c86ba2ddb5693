package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import java.util.Map;

/** What a hook says about something that it can only comment on. */
public final class ContextOutput extends HookOutput<ContextOutput> {
    private ContextOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing. */
    public static ContextOutput proceed() {
        return new ContextOutput(Map.of(), Map.of());
    }

    /**
     * Tells the model {@code text} in addition; at {@code SubagentStart} the subagent. No effect at {@code Notification},
     * where CLI 2.1.330 leaves out whatever a hook says.
     */
    public ContextOutput additionalContext(String text) {
        return specific("additionalContext", Check.notNull("text", text));
    }

    @Override
    ContextOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new ContextOutput(common, specific);
    }
}
