package io.github.claudesessions.error;

import org.jspecify.annotations.Nullable;

/** The calling thread was interrupted while it waited. Its interrupt flag is set again. */
@SuppressWarnings("serial")
public final class SessionInterruptedException extends ClaudeException {

    public SessionInterruptedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
