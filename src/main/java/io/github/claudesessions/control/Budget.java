package io.github.claudesessions.control;

import io.github.claudesessions.internal.Check;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a session may spend, watched by this side and counted from its opening. Immutable. The limits are
 * {@linkplain #turns turns}, {@linkplain #tokens tokens}, {@linkplain #usd dollars} and {@linkplain #time time}; each is
 * reached when that much is used. A limit that is reached
 *
 * <ul>
 *   <li>is reported to {@link #onWarning}, once;
 *   <li>and, if the budget is {@linkplain #hard() hard}, interrupts the turn that is under way, whose reader gets a
 *       {@link io.github.claudesessions.error.BudgetExceededException BudgetExceededException}, as does every attempt to
 *       start another turn; sent prompts that wait are cancelled.
 * </ul>
 *
 * <p>Tokens and dollars are looked at after each answer of the model, also within a turn, by asking the CLI what it has
 * counted; so a limit can be passed by one answer of the model and of each subagent that is at work.
 *
 * {@snippet :
 * Budget budget = Budget.hard().usd(2.50).turns(40).warnAt(0.8).onWarning(use -> log.warn("{}", use));
 * }
 *
 * @param enforced whether a limit that is reached stops the session
 * @param maxTurns the most turns, follow-up turns of background tasks included, or null
 * @param maxTokens the most tokens, as {@link Cost#totalTokens()} counts them, or null
 * @param maxUsd the most US dollars, or null
 * @param maxTime the longest time from the opening of the session, or null
 * @param warnAt the part of a limit at which a warning comes already, more than 0 and at most 1
 * @param warning who is told, or null
 */
public record Budget(
        boolean enforced,
        @Nullable Integer maxTurns,
        @Nullable Long maxTokens,
        @Nullable Double maxUsd,
        @Nullable Duration maxTime,
        double warnAt,
        @Nullable Consumer<? super BudgetUse> warning) {

    /** Checks the values. */
    public Budget {
        Check.that(maxTurns == null || maxTurns > 0, "turns must be at least 1, was %s", maxTurns);
        Check.that(maxTokens == null || maxTokens > 0, "tokens must be at least 1, was %s", maxTokens);
        Check.that(
                maxUsd == null || (maxUsd > 0 && Double.isFinite(maxUsd)),
                "usd must be more than 0 and finite, was %s",
                maxUsd);
        Check.that(warnAt > 0 && warnAt <= 1, "warnAt must be more than 0 and at most 1, was %s", warnAt);
        if (maxTime != null) {
            Check.positive("time", maxTime);
        }
    }

    /** A budget without limits yet, whose limits stop the session. */
    public static Budget hard() {
        return new Budget(true, null, null, null, null, 1, null);
    }

    /** A budget without limits yet, whose limits are reported and nothing else. */
    public static Budget soft() {
        return new Budget(false, null, null, null, null, 1, null);
    }

    /** With at most this many turns, follow-up turns of background tasks included. */
    public Budget turns(int turns) {
        return new Budget(enforced, turns, maxTokens, maxUsd, maxTime, warnAt, warning);
    }

    /** With at most this many tokens, of all kinds, models and subagents. */
    public Budget tokens(long tokens) {
        return new Budget(enforced, maxTurns, tokens, maxUsd, maxTime, warnAt, warning);
    }

    /** With at most this many US dollars. */
    public Budget usd(double dollars) {
        return new Budget(enforced, maxTurns, maxTokens, dollars, maxTime, warnAt, warning);
    }

    /** With at most this much time from the opening of the session, at work or not. */
    public Budget time(Duration time) {
        return new Budget(enforced, maxTurns, maxTokens, maxUsd, time, warnAt, warning);
    }

    /** With a first warning when this part of a limit is used, more than 0 and at most 1. Default: 1. */
    public Budget warnAt(double part) {
        return new Budget(enforced, maxTurns, maxTokens, maxUsd, maxTime, part, warning);
    }

    /**
     * With a listener for warnings: one when the part {@link #warnAt(double) warnAt} of a limit is used, one when the
     * limit is reached. It runs on a virtual thread of its own; what it throws is logged. Without one the log has the
     * warnings.
     */
    public Budget onWarning(Consumer<? super BudgetUse> listener) {
        return new Budget(enforced, maxTurns, maxTokens, maxUsd, maxTime, warnAt, Check.notNull("onWarning", listener));
    }
}
