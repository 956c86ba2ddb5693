package io.github.claudesessions.error;

import java.time.Duration;

/** A time limit of the options ran out. */
@SuppressWarnings("serial")
public final class TimeLimitException extends ClaudeException {
    private final String operation;
    private final Duration limit;

    public TimeLimitException(String message, String operation, Duration limit) {
        super(message, null);
        this.operation = operation;
        this.limit = limit;
    }

    /** What took too long, such as {@code initialize} or {@code turn}. */
    public String operation() {
        return operation;
    }

    /** The limit that was in force. */
    public Duration limit() {
        return limit;
    }
}
