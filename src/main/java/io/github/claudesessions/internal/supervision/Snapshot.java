package io.github.claudesessions.internal.supervision;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A member at one moment.
 *
 * @param name its name
 * @param phase where it is
 * @param sessionId the conversation, or null if only the CLI knows it
 * @param pid its process, -1 without one
 * @param restarts how often a process was replaced
 * @param lastFailure the latest failure, or null
 * @param idleFor how long it has been idle, or null if it is at work
 */
public record Snapshot(
        String name,
        Phase phase,
        @Nullable String sessionId,
        long pid,
        int restarts,
        @Nullable String lastFailure,
        @Nullable Duration idleFor) {
    /** Where a member is. */
    public enum Phase {
        ASLEEP,
        STARTING,
        LIVE,
        RESTARTING,
        GAVE_UP,
        STOPPED
    }
}
