package io.github.claudesessions.internal.protocol;

import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long things may take; null is no limit.
 *
 * @param firstByte until the model begins to answer
 * @param message of silence within a turn while no tool runs
 * @param toolSilence of silence within a turn while a tool runs
 * @param turn for a whole turn
 * @param session for the session
 * @param interrupt until an interrupted turn ends
 */
public record StallLimits(
        @Nullable Duration firstByte,
        @Nullable Duration message,
        @Nullable Duration toolSilence,
        @Nullable Duration turn,
        @Nullable Duration session,
        Duration interrupt) {

    /** The shorter of the two limits of silence, or null if there is none. */
    @Nullable
    Duration shortestSilence() {
        return Stream.of(message, toolSilence)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }
}
