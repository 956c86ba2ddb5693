package io.github.claudesessions.error;

import java.time.Duration;

/** A time limit of the options ran out. If it is one of a turn or of the session, it is a {@link StallException}. */
@SuppressWarnings("serial")
public sealed class TimeLimitException extends ClaudeException permits StallException {
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
