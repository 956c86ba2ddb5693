package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * Effort is set for this turn only, or no longer. Wire type {@code system/per_turn_effort_changed}.
 *
 * @param perTurnEffortActive whether it is
 */
public record PerTurnEffortChanged(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, boolean perTurnEffortActive)
        implements SystemMessage {}
