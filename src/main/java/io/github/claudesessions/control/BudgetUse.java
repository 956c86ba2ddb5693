package io.github.claudesessions.control;

import java.util.Locale;

/**
 * How much of one limit of a {@link Budget} is used.
 *
 * @param limit which limit
 * @param used how much is used: turns, tokens, US dollars, or seconds
 * @param allowed how much may be
 */
public record BudgetUse(Limit limit, double used, double allowed) {
    /** A limit of a budget. More constants may be added. */
    public enum Limit {
        /** Turns, follow-up turns included. */
        TURNS,
        /** Tokens of all kinds. */
        TOKENS,
        /** US dollars. */
        USD,
        /** Seconds since the opening of the session. */
        TIME
    }

    /** Whether the limit is reached. */
    public boolean reached() {
        return used >= allowed;
    }

    /** For people: what is used of what. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                limit == Limit.USD ? "%.4f of %.4f %s" : "%.0f of %.0f %s",
                used,
                allowed,
                switch (limit) {
                    case TURNS -> "turns";
                    case TOKENS -> "tokens";
                    case USD -> "US dollars";
                    case TIME -> "seconds";
                });
    }
}
