package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.internal.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

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

    /**
     * Does {@code action} with each of {@code all}, at the same time, and waits until that is done. Goes on waiting when
     * interrupted, and keeps the flag: what is closed like that is bounded, and must leave nothing behind.
     */
    public static <T> void atOnce(Collection<T> all, Consumer<? super T> action) {
        List<Thread> threads = all.stream()
                .map(one -> Thread.startVirtualThread(() -> action.accept(one)))
                .toList();
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (true) {
                try {
                    thread.join();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
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
