package io.github.claudesessions.internal.supervision;

import io.github.claudesessions.error.BudgetExceededException;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.SessionGaveUpException;
import io.github.claudesessions.error.SessionLimitException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The failures of a member, and what follows from them. Pure; the caller has the clock and the lock. */
final class Failures {
    static final String CLOSED = "the session is closed";

    private final FleetSettings settings;
    private final RestartWindow window;
    private long liveSince;
    private boolean lived;
    private int inARow;
    private int restarts;
    private @Nullable String last;

    Failures(FleetSettings settings) {
        this.settings = settings;
        this.window = new RestartWindow(settings.maxRestarts(), settings.within());
    }

    /** There is a process. */
    void live(long now) {
        liveSince = now;
        lived = true;
    }

    void note(Throwable failure) {
        last = String.valueOf(failure.getMessage());
    }

    /** How long to wait before the next start, or null if there have been too many. */
    @Nullable
    Duration next(long now) {
        if (!window.allows(now)) {
            return null;
        }
        boolean stable = lived && now - liveSince > settings.within().toNanos();
        inARow = stable ? 1 : inARow + 1;
        lived = false;
        restarts++;
        return settings.backoff().apply(inARow);
    }

    /** A process is replaced that has not failed. */
    void replaced() {
        restarts++;
    }

    /** A person has looked into it. */
    void forgive() {
        window.reset();
        inARow = 0;
    }

    /** How often a process was replaced. */
    int restarts() {
        return restarts;
    }

    @Nullable
    String last() {
        return last;
    }

    // ---- what callers are told

    /** Trying again would not help. */
    static boolean refuses(Throwable cause) {
        return cause instanceof SessionLimitException || cause instanceof BudgetExceededException;
    }

    static SessionClosedException closed(String name, String reason) {
        String why = reason.equals(CLOSED) ? "is closed" : "is over: " + reason;
        return new SessionClosedException("session \"" + name + "\" " + why, null);
    }

    static SessionGaveUpException gaveUp(String name, Throwable cause) {
        return new SessionGaveUpException(
                "session \"%s\" has failed too often; the last time: %s".formatted(name, cause.getMessage()),
                name,
                cause);
    }
}
