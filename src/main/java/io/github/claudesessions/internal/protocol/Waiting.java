package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.internal.Timer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The one place where waiting meets interruption. */
public final class Waiting {
    private Waiting() {}

    /** What an interrupted wait becomes; the interrupt flag is set again. */
    public static SessionInterruptedException interrupted(String what, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new SessionInterruptedException("interrupted while waiting for " + what, cause);
    }

    /** The value of {@code future}; its {@link ClaudeException} is thrown as it is. */
    public static <T> T await(String what, CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw interrupted(what, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClaudeException known) {
                known.fillInStackTrace(); // it was made on the thread that found out
                throw known;
            }
            if (e.getCause() instanceof RuntimeException unexpected) {
                throw unexpected;
            }
            throw new IllegalStateException("unexpected failure while waiting for " + what, e.getCause());
        }
    }

    /** Whether {@code future} is done within {@code limit}. Goes on waiting when interrupted, and keeps the flag. */
    public static boolean settled(CompletableFuture<?> future, Duration limit, Timer timer) {
        if (future.isDone()) {
            return true;
        }
        CompletableFuture<Boolean> race = new CompletableFuture<>();
        Timer.Alarm alarm = timer.after(limit, () -> race.complete(false));
        future.whenComplete((value, failure) -> race.complete(true));
        try {
            return race.join();
        } finally {
            alarm.cancel();
        }
    }
}
