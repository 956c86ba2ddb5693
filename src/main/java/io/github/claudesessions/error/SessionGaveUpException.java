package io.github.claudesessions.error;

/** A supervised session has failed too often and is not started again by itself; the cause is its last failure. */
@SuppressWarnings("serial")
public final class SessionGaveUpException extends ClaudeException {
    private final String name;

    public SessionGaveUpException(String message, String name, Throwable cause) {
        super(message, cause);
        this.name = name;
    }

    /** The name of the session. */
    public String name() {
        return name;
    }
}
