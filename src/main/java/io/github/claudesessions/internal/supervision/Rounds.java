package io.github.claudesessions.internal.supervision;

import io.github.claudesessions.internal.Timer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again, on a virtual thread, with a pause after each time, until it is closed. */
public final class Rounds implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Rounds.class);

    private final Timer timer;
    private final Duration pause;
    private final Runnable round;
    private volatile boolean closed;

    private Rounds(Timer timer, Duration pause, Runnable round) {
        this.timer = timer;
        this.pause = pause;
        this.round = round;
    }

    /** The first round is after the first pause. */
    static Rounds every(Duration pause, Timer timer, Runnable round) {
        Rounds rounds = new Rounds(timer, pause, round);
        rounds.next();
        return rounds;
    }

    private void next() {
        timer.after(pause, () -> {
            if (!closed) {
                Thread.startVirtualThread(this::run);
            }
        });
    }

    private void run() {
        try {
            round.run();
        } catch (RuntimeException e) {
            log.warn("A round of the supervisor failed; the next one follows", e);
        } finally {
            next();
        }
    }

    /** No round begins any more. Does not wait for one that is under way. */
    @Override
    public void close() {
        closed = true;
    }
}
