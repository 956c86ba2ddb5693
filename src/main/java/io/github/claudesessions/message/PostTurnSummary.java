package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * What the last turn came to. Wire type {@code system/post_turn_summary}.
 *
 * @param summarizesUuid the message that it is about
 * @param statusCategory kind of the outcome
 * @param statusDetail the outcome
 * @param needsAction what the user has to do
 */
public record PostTurnSummary(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String summarizesUuid,
        String statusCategory,
        String statusDetail,
        String needsAction)
        implements SystemMessage {}
