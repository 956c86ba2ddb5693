package io.github.claudesessions;

import io.github.claudesessions.internal.supervision.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A session of a {@link SessionSupervisor} at one moment.
 *
 * @param name its name
 * @param state where it is
 * @param sessionId its conversation; empty if only the CLI knows it yet
 * @param pid its process, -1 without one
 * @param restarts how often its process was replaced
 * @param lastFailure why, the last time; without secrets
 * @param idleSince since when nothing goes on in it; empty if something does
 */
public record SessionStatus(
        String name,
        State state,
        Optional<String> sessionId,
        long pid,
        int restarts,
        Optional<String> lastFailure,
        Optional<Instant> idleSince) {
    /** Where a session is. */
    public enum State {
        /** It has no process; the next use starts one, which goes on with the conversation. */
        HIBERNATED,
        /** Its process is being started. */
        STARTING,
        /** Its process runs. */
        RUNNING,
        /** Its process has ended, and another is on its way. */
        RESTARTING,
        /** It has failed too often. {@link SessionSupervisor#restart} takes it up again. */
        GAVE_UP,
        /** It is over. */
        STOPPED
    }

    static SessionStatus of(Snapshot member, Instant now) {
        Duration idle = member.idleFor();
        return new SessionStatus(
                member.name(),
                state(member.phase()),
                Optional.ofNullable(member.sessionId()),
                member.pid(),
                member.restarts(),
                Optional.ofNullable(member.lastFailure()),
                Optional.ofNullable(idle).map(now::minus));
    }

    private static State state(Snapshot.Phase phase) {
        return switch (phase) {
            case ASLEEP -> State.HIBERNATED;
            case STARTING -> State.STARTING;
            case LIVE -> State.RUNNING;
            case RESTARTING -> State.RESTARTING;
            case GAVE_UP -> State.GAVE_UP;
            case STOPPED -> State.STOPPED;
        };
    }
}
