package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import java.util.Map;

/** What a hook says when the model, or a subagent, has finished. */
public final class StopOutput extends HookOutput<StopOutput> {
    private StopOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing: the turn ends. */
    public static StopOutput proceed() {
        return new StopOutput(Map.of(), Map.of());
    }

    /**
     * The model goes on; the reason tells it with what.
     *
     * @param reason why; the CLI shows it to whoever is concerned
     */
    public static StopOutput block(String reason) {
        return new StopOutput(Map.of("decision", "block", "reason", Check.notBlank("reason", reason)), Map.of());
    }

    /**
     * Tells the model {@code text} in addition, and has it go on as {@link #block} does. A hook that does so every time
     * holds up the end until the CLI has enough of it; {@code stopHookActive} of its input says that it has done so before.
     */
    public StopOutput additionalContext(String text) {
        return specific("additionalContext", Check.notNull("text", text));
    }

    @Override
    StopOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new StopOutput(common, specific);
    }
}
