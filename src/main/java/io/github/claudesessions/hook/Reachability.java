package io.github.claudesessions.hook;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Refuses hooks that the CLI would accept and never run, most since it registers them after it has started. */
final class Reachability {
    /** Of an event, what is ever told over stdio. */
    private static final Map<String, Set<String>> TOLD = Map.of(
            HookEvent.SESSION_START.name(),
            Set.of("clear", "compact"),
            HookEvent.SESSION_END.name(),
            Set.of("clear"),
            HookEvent.SETUP.name(),
            Set.of(),
            HookEvent.TEAMMATE_IDLE.name(),
            Set.of());

    /** Why an event of which nothing is told never comes. */
    private static final Map<String, String> REASONS = Map.of(
            HookEvent.SETUP.name(),
            "the CLI has set itself up before it knows the hooks of the host; put it into the settings as a command",
            HookEvent.TEAMMATE_IDLE.name(),
            "a session over stdio has no team");

    private Reachability() {}

    static void check(HookEvent<?, ?> event, @Nullable String matcher) {
        Set<String> told = TOLD.get(event.name());
        if (told == null) {
            return;
        }
        if (told.isEmpty()) {
            throw new IllegalArgumentException(
                    "a hook on %s is never run: %s".formatted(event, REASONS.get(event.name())));
        }
        if (matcher != null && Arrays.stream(matcher.split("\\|")).noneMatch(part -> canMatch(part, told))) {
            throw new IllegalArgumentException(
                    "a hook on %s with the matcher \"%s\" is never run: a session over stdio tells only %s, because the"
                                    .formatted(
                                            event,
                                            matcher,
                                            String.join(
                                                    " and ",
                                                    told.stream().sorted().toList()))
                            + " process starts before and ends after it can call the host; put it into the settings as a"
                            + " command");
        }
    }

    private static boolean canMatch(String part, Set<String> told) {
        boolean literal = part.strip().chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
        return !literal || told.contains(part.strip());
    }
}
