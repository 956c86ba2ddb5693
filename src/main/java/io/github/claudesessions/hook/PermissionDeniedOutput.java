package io.github.claudesessions.hook;

import java.util.Map;

/** What a hook says about a tool call that was denied. */
public final class PermissionDeniedOutput extends HookOutput<PermissionDeniedOutput> {
    private PermissionDeniedOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing. */
    public static PermissionDeniedOutput proceed() {
        return new PermissionDeniedOutput(Map.of(), Map.of());
    }

    /** The model is told that it may try again. The call stays denied, and the next one is checked as this one was. */
    public static PermissionDeniedOutput retry() {
        return new PermissionDeniedOutput(Map.of(), Map.of("retry", true));
    }

    @Override
    PermissionDeniedOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new PermissionDeniedOutput(common, specific);
    }
}
