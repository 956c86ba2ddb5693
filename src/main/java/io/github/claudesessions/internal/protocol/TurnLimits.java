package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.internal.Timer;
import java.time.Duration;

/**
 * How long a turn may take, be silent, and go on after an interrupt. Silence does not count while the host itself holds
 * things up: a reader that is slow, a callback that thinks.
 */
final class TurnLimits {
    /** An interrupt settles a turn in milliseconds; a CLI that does not is stuck. */
    private static final Duration INTERRUPT_GRACE = Duration.ofSeconds(15);

    /** What the limits need of their session. */
    interface Session {
        /** Whether the CLI may be waiting for this side. */
        boolean heldByHost();

        /** Interrupts the CLI's work on {@code turn} without waiting. */
        void stop(Turn turn);

        void giveUp(ConnectionEnd.Failed cause);
    }

    private final Session session;
    private final SessionSettings settings;
    private final Timer timer;
    private final Facts facts;

    TurnLimits(Session session, SessionSettings settings, Facts facts) {
        this.session = session;
        this.settings = settings;
        this.timer = settings.timer();
        this.facts = facts;
    }

    /** The prompt of {@code turn} is on its way. */
    void begun(Turn turn) {
        Duration whole = settings.turnTimeout();
        if (whole != null) {
            turn.alarm(Turn.Limit.WHOLE, timer.after(whole, () -> expire(turn, "turn", whole)));
        }
        Duration silence = settings.messageTimeout();
        if (silence != null) {
            facts.arrived(timer.nanoTime());
            watch(turn, silence, silence);
        }
    }

    private void watch(Turn turn, Duration silence, Duration next) {
        turn.alarm(Turn.Limit.SILENCE, timer.after(next, () -> {
            long quiet = timer.nanoTime() - facts.lastArrival();
            if (turn.ended()) {
                return;
            }
            if (session.heldByHost()) {
                watch(turn, silence, silence);
            } else if (quiet >= silence.toNanos()) {
                expire(turn, "message", silence);
            } else {
                watch(turn, silence, silence.minusNanos(quiet));
            }
        }));
    }

    private void expire(Turn turn, String what, Duration limit) {
        if (!turn.ended()) {
            turn.failReader(() -> new TimeLimitException(
                    what.equals("turn")
                            ? "the turn took longer than " + limit
                            : "no message of the turn came for " + limit,
                    what,
                    limit));
            session.stop(turn);
        }
    }

    /** An interrupt of {@code turn} is on its way. */
    void interrupted(Turn turn) {
        turn.alarm(Turn.Limit.INTERRUPT, timer.after(INTERRUPT_GRACE, () -> escalate(turn)));
    }

    private void escalate(Turn turn) {
        if (turn.ended()) {
            return;
        }
        if (session.heldByHost()) {
            interrupted(turn); // the end of the turn may be in the pipe, behind what the reader has not read
        } else {
            session.giveUp(new ConnectionEnd.Failed(
                    "the CLI did not end a turn that was interrupted",
                    reason -> new TimeLimitException(reason, "interrupt", INTERRUPT_GRACE)));
        }
    }
}
