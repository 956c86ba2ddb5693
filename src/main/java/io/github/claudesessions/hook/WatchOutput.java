package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import java.util.List;
import java.util.Map;

/** What a hook says about a changed file or working directory. */
public final class WatchOutput extends HookOutput<WatchOutput> {
    private WatchOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing. */
    public static WatchOutput proceed() {
        return new WatchOutput(Map.of(), Map.of());
    }

    /**
     * Has {@code paths} watched, absolute ones; their changes are told as {@code FileChanged}. CLI 2.1.330 takes such paths
     * from commands of the settings only, and from {@link SessionStartOutput#watchPaths}.
     */
    public WatchOutput watchPaths(List<String> paths) {
        return specific("watchPaths", List.copyOf(Check.notNull("paths", paths)));
    }

    @Override
    WatchOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new WatchOutput(common, specific);
    }
}
