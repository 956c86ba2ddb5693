package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.internal.Timer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the turns of a session that gets no further ones. */
record LastTurns(Semaphore slot, Sends sends, Timer timer, Runnable interrupt) {
    private static final Logger log = LoggerFactory.getLogger(LastTurns.class);

    /** An interrupted turn ends within milliseconds, unless its CLI is stuck. */
    private static final Duration AFTER_INTERRUPT = Duration.ofSeconds(5);

    /** Whether all have ended by themselves within {@code limit}; one that has not is interrupted. */
    boolean finish(Duration limit) {
        if (ended(limit)) {
            return true;
        }
        Thread.startVirtualThread(() -> {
            try {
                interrupt.run();
            } catch (ClaudeException e) {
                log.debug("A turn could not be interrupted; its process will be ended", e);
            }
        });
        ended(AFTER_INTERRUPT);
        return false;
    }

    /** Those that wait for their turn are before us. */
    private boolean ended(Duration limit) {
        long deadline = timer.nanoTime() + limit.toNanos();
        try {
            if (!slot.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            throw Waiting.interrupted("the turns", e);
        }
        slot.release();
        Duration rest = Duration.ofNanos(Math.max(0, deadline - timer.nanoTime()));
        return Waiting.settled(sends.settled(), rest, timer);
    }
}
