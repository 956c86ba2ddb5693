package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a hook runs, and for how long.
 *
 * @param matcher what the event must be about, in the language of the CLI: a name, {@code Edit|Write}, or a regular
 *     expression; null is everything. {@link HookEvent} says what it is compared to
 * @param timeout how long the handler may take before it has failed, at least a millisecond and at most a day; it is then
 *     interrupted. Default: 60 seconds
 * @param onFailure what happens when it has failed, null for {@link HookFailure#BLOCK} at a gate and
 *     {@link HookFailure#CONTINUE} elsewhere
 */
public record HookSettings(
        @Nullable String matcher,
        Duration timeout,
        @Nullable HookFailure onFailure) {
    private static final HookSettings ANY = new HookSettings(null, Duration.ofSeconds(60), null);

    /** Checks the values. */
    public HookSettings {
        if (matcher != null) {
            Check.notBlank("matcher", matcher);
        }
        Check.positive("timeout", timeout);
        Check.that(
                timeout.toMillis() >= 1 && timeout.compareTo(Duration.ofDays(1)) <= 0,
                "timeout must be from 1 ms to 1 day, was %s",
                timeout);
    }

    /** Whatever the event is about. */
    public static HookSettings any() {
        return ANY;
    }

    /** If the event is about what {@code matcher} says. */
    public static HookSettings matching(String matcher) {
        return new HookSettings(Check.notBlank("matcher", matcher), ANY.timeout, null);
    }

    /** These with another limit. */
    public HookSettings within(Duration timeout) {
        return new HookSettings(matcher, timeout, onFailure);
    }

    /** These with another outcome of a failure. */
    public HookSettings onFailure(HookFailure onFailure) {
        return new HookSettings(matcher, timeout, Check.notNull("onFailure", onFailure));
    }
}
