package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What came of a real turn: see {@link Doctor#ping}.
 *
 * @param start how long the CLI took to be ready; zero if it was not
 * @param turn how long the turn took; zero if there was none
 * @param model the model that answered; empty if none did
 * @param costUsd what the turn has cost in US dollars, by the CLI
 * @param failure why there was no answer, with the kind of the exception first; empty if there was one; without secrets
 */
public record PingReport(
        Duration start, Duration turn, Optional<String> model, double costUsd, Optional<String> failure) {
    /** Checks that nothing is null. */
    public PingReport {
        Check.notNull("start", start);
        Check.notNull("turn", turn);
        Check.notNull("model", model);
        Check.notNull("failure", failure);
    }

    /** Whether the model has answered. */
    public boolean ok() {
        return failure.isEmpty();
    }

    /** All in a line. */
    public String text() {
        return failure.map(reason -> "failed: " + reason)
                .orElseGet(() -> String.format(
                        Locale.ROOT,
                        "ok: %s answered, start %d ms, turn %d ms, %.6f US dollars",
                        model.orElse("a model"),
                        start.toMillis(),
                        turn.toMillis(),
                        costUsd));
    }
}
