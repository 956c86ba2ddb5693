package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import java.util.Map;

/** What a hook says about something that it can only let happen or prevent. */
public final class BlockOutput extends HookOutput<BlockOutput> {
    private BlockOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing: it happens. */
    public static BlockOutput proceed() {
        return new BlockOutput(Map.of(), Map.of());
    }

    /**
     * It does not happen.
     *
     * @param reason why; the CLI shows it to whoever is concerned
     */
    public static BlockOutput block(String reason) {
        return new BlockOutput(Map.of("decision", "block", "reason", Check.notBlank("reason", reason)), Map.of());
    }

    @Override
    BlockOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new BlockOutput(common, specific);
    }
}
