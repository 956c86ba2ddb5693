package io.github.claudesessions;

import io.github.claudesessions.internal.Check;

/** Whether and how much the model thinks before it answers. */
public sealed interface Thinking {
    /** The model decides itself. */
    record Adaptive() implements Thinking {}

    /**
     * Thinks within a budget.
     *
     * @param budgetTokens the most tokens to think with in one request, at least 1024
     */
    record Enabled(int budgetTokens) implements Thinking {
        /** The smallest budget that the API takes, in tokens. */
        public static final int MIN_BUDGET_TOKENS = 1024;

        /** Refuses a budget under 1024. */
        public Enabled {
            Check.atLeast("thinking budgetTokens", MIN_BUDGET_TOKENS, budgetTokens);
        }
    }

    /** Never thinks. */
    record Disabled() implements Thinking {}

    /** The model decides itself. */
    static Thinking adaptive() {
        return new Adaptive();
    }

    /** Thinks with at most {@code budgetTokens} tokens in one request, at least 1024. */
    static Thinking enabled(int budgetTokens) {
        return new Enabled(budgetTokens);
    }

    /** Never thinks. */
    static Thinking disabled() {
        return new Disabled();
    }
}
