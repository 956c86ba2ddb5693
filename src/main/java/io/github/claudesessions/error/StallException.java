package io.github.claudesessions.error;

/**
 * A turn came to a standstill, took too long, or met the end of its session's time. The message says which limit ran out
 * and what was done: a turn that stalls is interrupted, and its reader gets this exception at once; the session can be used
 * again as soon as the turn has ended. A CLI that does not end it within {@code interruptTimeout} is killed, and whoever
 * uses the session from then on gets a StallException that says so.
 */
@SuppressWarnings("serial")
public final class StallException extends TimeLimitException {
    private final StallSnapshot snapshot;

    public StallException(String message, StallSnapshot snapshot) {
        super(message, snapshot.kind().operation(), snapshot.limit());
        this.snapshot = snapshot;
    }

    /** How things were when the limit ran out; after a kill, when the process was given up. */
    public StallSnapshot snapshot() {
        return snapshot;
    }
}
