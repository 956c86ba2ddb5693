package io.github.claudesessions.error;

/** A turn was asked for where waiting for it could never end: in a callback of its own session, or while the same thread reads a stream of it. */
@SuppressWarnings("serial")
public final class ReentrantTurnException extends ClaudeException {

    public ReentrantTurnException(String message) {
        super(message, null);
    }
}
