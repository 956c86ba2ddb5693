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

    /** Tells the model {@code text} in addition. */
    public ContextOutput additionalContext(String text) {
        return specific("additionalContext", Check.notNull("text", text));
    }

    @Override
    ContextOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new ContextOutput(common, specific);
    }
}
