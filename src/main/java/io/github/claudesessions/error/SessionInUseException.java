package io.github.claudesessions.error;

/**
 * The session is open already in this JVM, or a process that an earlier JVM has left still has it: a second process on
 * one id would fork its transcript and lose turns.
 */
@SuppressWarnings("serial")
public final class SessionInUseException extends ClaudeException {
    private final String sessionId;

    public SessionInUseException(String message, String sessionId) {
        super(message, null);
        this.sessionId = sessionId;
    }

    /** The id that is in use. */
    public String sessionId() {
        return sessionId;
    }
}
