package io.github.claudesessions.error;

/** The CLI says that the turn is over, but its result never came. */
@SuppressWarnings("serial")
public final class MissingResultException extends ClaudeException {
    public MissingResultException(String message) {
        super(message, null);
    }
}
