package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before a restart. Must be safe for use by several threads. */
@FunctionalInterface
public interface Backoff {
    /**
     * The pause before a restart.
     *
     * @param attempt 1 after the first failure, 2 after the next one if nothing has worked between them, and so on
     */
    Duration delay(int attempt);

    /** No pause. */
    static Backoff none() {
        return attempt -> Duration.ZERO;
    }

    /** Always the same pause. */
    static Backoff fixed(Duration pause) {
        Check.notNegative("pause", pause);
        return attempt -> pause;
    }

    /**
     * Twice as long each time.
     *
     * @param first the first pause, more than 0
     * @param max the longest pause, at least {@code first}
     */
    static Backoff exponential(Duration first, Duration max) {
        Check.positive("first", first);
        Check.that(max.compareTo(first) >= 0, "max must be at least first, %s, was %s", first, max);
        return attempt -> {
            int doublings = Math.min(attempt - 1, Long.numberOfLeadingZeros(first.toMillis() | 1) - 2);
            Duration pause = first.multipliedBy(1L << Math.clamp(doublings, 0, 40));
            return pause.compareTo(max) < 0 ? pause : max;
        };
    }

    /**
     * With each pause made longer or shorter at random, so that sessions which failed together are not restarted together.
     *
     * @param part how much of the pause at most, from 0 to 1
     */
    default Backoff withJitter(double part) {
        Check.that(part >= 0 && part <= 1, "part must be from 0 to 1, was %s", part);
        return attempt -> {
            Duration pause = delay(attempt);
            double factor = 1 + part * ThreadLocalRandom.current().nextDouble(-1, 1);
            return Duration.ofNanos((long) (pause.toNanos() * factor));
        };
    }
}
