package io.github.claudesessions.internal.supervision;

import io.github.claudesessions.internal.Timer;
import java.time.Duration;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a fleet.
 *
 * @param maxRestarts how many restarts a session may have within the time
 * @param within that time
 * @param backoff how long to wait before the n-th restart in a row
 * @param alsoRestarted which others are restarted with one that failed
 * @param resume whether conversations are resumed; if not, each process begins a new one
 * @param retryCutTurns whether a turn that was cut off before a tool had started is run again
 * @param idleTimeout how long a process may be idle, or null
 * @param stuckTimeout how long a process that nobody uses may go on without becoming idle, or null
 * @param maxLive how many processes there may be
 * @param maxStarting how many may be starting
 * @param waitTimeout how long callers wait for a process
 * @param timer the clock
 */
public record FleetSettings(
        int maxRestarts,
        Duration within,
        IntFunction<Duration> backoff,
        Companions alsoRestarted,
        boolean resume,
        boolean retryCutTurns,
        @Nullable Duration idleTimeout,
        @Nullable Duration stuckTimeout,
        int maxLive,
        int maxStarting,
        Duration waitTimeout,
        Timer timer) {

    /** Says who is restarted with whom. */
    @FunctionalInterface
    public interface Companions {
        /**
         * Whether {@code other} is restarted when {@code failed} is.
         *
         * @param failed when the failed one was added
         * @param other when the other one was added
         */
        boolean restarts(long failed, long other);
    }
}
