package io.github.claudesessions.error;

import org.jspecify.annotations.Nullable;

/** The session was closed, or its process had ended, before this call. */
@SuppressWarnings("serial")
public final class SessionClosedException extends ClaudeException {

    public SessionClosedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
