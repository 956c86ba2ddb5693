package io.github.claudesessions.error;

import java.time.Duration;

/** As many processes run as the supervisor may have, and none became free in time. */
@SuppressWarnings("serial")
public final class SessionLimitException extends ClaudeException {
    private final int maxLive;
    private final Duration waited;

    public SessionLimitException(String message, int maxLive, Duration waited) {
        super(message, null);
        this.maxLive = maxLive;
        this.waited = waited;
    }

    /** How many processes there may be. */
    public int maxLive() {
        return maxLive;
    }

    /** How long one was waited for. */
    public Duration waited() {
        return waited;
    }
}
