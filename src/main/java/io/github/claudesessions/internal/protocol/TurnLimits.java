package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.error.StallException;
import io.github.claudesessions.error.StallSnapshot;
import io.github.claudesessions.error.StallSnapshot.Kind;
import io.github.claudesessions.internal.Timer;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a turn may take, wait for its first byte, be silent, and go on after an interrupt, and how old a session may
 * get. What a turn waits for does not count while the host itself holds things up: a reader that is slow, a callback that
 * thinks.
 *
 * <pre>
 *   limit of the turn ──► its reader fails, interrupt ──► the turn ends: the session goes on
 *                                                     └── interrupt limit ──► the process is killed
 *   limit of the session ──► the session is closed
 * </pre>
 */
final class TurnLimits {
    /** What the limits need of their session. */
    interface Session {
        /** Whether the CLI may be waiting for this side. */
        boolean heldByHost();

        /** When this side last gave the CLI what it waited for, by the timer. */
        long lastAnswer();

        /** Interrupts the CLI's work on {@code turn} without waiting. */
        void stop(Turn turn);
    }

    private final Session session;
    private final Connection connection;
    private final StallLimits limits;
    private final Timer timer;
    private final Facts facts;
    private final StallReport report;
    private final long created;

    TurnLimits(Session session, Connection connection, SessionSettings settings, Facts facts) {
        this.session = session;
        this.connection = connection;
        this.limits = settings.stallLimits();
        this.timer = settings.timer();
        this.facts = facts;
        this.report = new StallReport(connection, facts, timer);
        this.created = timer.nanoTime();
    }

    /** The session is about to start. */
    void open() {
        Duration age = limits.session();
        if (age != null) {
            Timer.Alarm alarm = timer.after(age, () -> retire(age));
            connection.released().thenRun(alarm::cancel);
        }
    }

    /** The session is older than {@code age}: it is closed. */
    void retire(Duration age) {
        StallSnapshot snapshot = report.snapshot(Kind.SESSION, age, created);
        connection.closeLater(new ConnectionEnd.Failed(
                StallReport.sentence(Kind.SESSION, age) + "; it was closed",
                reason -> new StallException(reason, snapshot)));
    }

    // ---- a turn

    /** The prompt of {@code turn} is on its way. */
    void begun(Turn turn) {
        Duration whole = limits.turn();
        if (whole != null) {
            turn.alarm(Turn.Limit.WHOLE, timer.after(whole, () -> expire(turn, Kind.TURN, whole)));
        }
        Duration first = limits.firstByte();
        if (first != null) {
            watch(turn, Turn.Limit.FIRST_BYTE, first, () -> lookForFirstByte(turn, first));
        }
        Duration silence = limits.shortestSilence();
        if (silence != null) {
            watch(turn, Turn.Limit.SILENCE, silence, () -> lookForSilence(turn, silence));
        }
    }

    /** Looks after {@code next}, and then as often as {@code look} says, until it says null. */
    private void watch(Turn turn, Turn.Limit alarm, Duration next, Supplier<@Nullable Duration> look) {
        turn.alarm(alarm, timer.after(next, () -> {
            Duration again = turn.ended() ? null : look.get();
            if (again != null) {
                watch(turn, alarm, again, look);
            }
        }));
    }

    /** Until the CLI takes up the prompt, which may wait behind a turn of the CLI's own, only silence counts. */
    private @Nullable Duration lookForFirstByte(Turn turn, Duration limit) {
        if (turn.answered()) {
            return null;
        }
        return left(turn, Kind.FIRST_BYTE, limit, turn.begun() ? since(turn.begunAt()) : quiet(turn));
    }

    /** A tool may end long before its limit does: then the other one counts. */
    private @Nullable Duration lookForSilence(Turn turn, Duration atMost) {
        Kind kind = facts.tools().anyOfMainAgent() ? Kind.TOOL_SILENCE : Kind.SILENCE;
        Duration limit = kind == Kind.SILENCE ? limits.message() : limits.toolSilence();
        Duration left = limit == null ? atMost : left(turn, kind, limit, quiet(turn));
        return left == null || left.compareTo(atMost) < 0 ? left : atMost;
    }

    /** What is left of {@code limit} after {@code waited}; null if nothing is, and the turn is stopped. */
    private @Nullable Duration left(Turn turn, Kind kind, Duration limit, Duration waited) {
        if (session.heldByHost()) {
            return limit;
        }
        Duration left = limit.minus(waited);
        if (left.isPositive()) {
            return left;
        }
        expire(turn, kind, limit);
        return null;
    }

    /** How long nothing has happened that gets {@code turn} on. */
    private Duration quiet(Turn turn) {
        Duration waited = since(turn.sentAt());
        Duration silent = facts.lastMessage() == null ? waited : since(facts.lastArrival());
        return silent.compareTo(waited) < 0 ? silent : waited;
    }

    /** Since {@code moment}, or since this side has last answered the CLI. */
    private Duration since(long moment) {
        long now = timer.nanoTime();
        return Duration.ofNanos(Math.min(now - moment, now - session.lastAnswer()));
    }

    private void expire(Turn turn, Kind kind, Duration limit) {
        if (turn.ended() || turn.stall() != null) {
            return;
        }
        StallSnapshot snapshot = report.snapshot(kind, limit, turn.sentAt());
        turn.stalled(snapshot);
        String message = StallReport.sentence(kind, limit) + "; the turn was interrupted";
        turn.failReader(() -> new StallException(message, snapshot));
        session.stop(turn);
    }

    /** An interrupt of {@code turn} is on its way. */
    void interrupted(Turn turn) {
        turn.alarm(Turn.Limit.INTERRUPT, timer.after(limits.interrupt(), () -> escalate(turn)));
    }

    private void escalate(Turn turn) {
        if (turn.ended()) {
            return;
        }
        if (session.heldByHost()) {
            interrupted(turn); // the end of the turn may be in the pipe, behind what the reader has not read
        } else {
            giveUp(turn);
        }
    }

    private void giveUp(Turn turn) {
        Duration grace = limits.interrupt();
        StallSnapshot stall = turn.stall();
        Kind kind = stall == null ? Kind.INTERRUPT : stall.kind();
        Duration limit = stall == null ? grace : stall.limit();
        StallSnapshot snapshot = report.snapshot(kind, limit, turn.sentAt());
        String before = stall == null ? "" : "; the turn was interrupted, and did not end within " + grace;
        connection.fail(new ConnectionEnd.Failed(
                StallReport.sentence(kind, limit) + before + "; the process was killed",
                reason -> new StallException(reason, snapshot)));
    }
}
