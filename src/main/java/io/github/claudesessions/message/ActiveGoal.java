package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The goal that the session works on was set, or given up. Wire type {@code active_goal}.
 *
 * @param value the goal, null if there is none any more
 */
public record ActiveGoal(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        @Nullable Goal value) implements Message {

    /**
     * A condition that the session works towards.
     *
     * @param condition when it is reached
     * @param iterations turns so far
     * @param setAt when it was set, in milliseconds since 1970
     * @param tokensAtStart tokens used before
     * @param lastReason why it was not reached yet, or null
     */
    public record Goal(
            String condition,
            int iterations,
            long setAt,
            long tokensAtStart,
            @Nullable String lastReason) {}
}
