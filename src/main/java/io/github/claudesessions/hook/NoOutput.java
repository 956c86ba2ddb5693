package io.github.claudesessions.hook;

import java.util.Map;

/** What a hook says about something that it can only take note of. */
public final class NoOutput extends HookOutput<NoOutput> {
    private NoOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing. */
    public static NoOutput proceed() {
        return new NoOutput(Map.of(), Map.of());
    }

    @Override
    NoOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new NoOutput(common, specific);
    }
}
