package io.github.claudesessions.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The CLI ended, or refused its configuration, before the session was ready. */
@SuppressWarnings("serial")
public final class SessionStartException extends ClaudeException {
    private final List<String> errors;
    private final int exitCode;
    private final String stderrTail;

    public SessionStartException(
            String message, List<String> errors, int exitCode, String stderrTail, @Nullable Throwable cause) {
        super(message, cause);
        this.errors = List.copyOf(errors);
        this.exitCode = exitCode;
        this.stderrTail = stderrTail;
    }

    /** What the CLI itself said, empty if it said nothing. */
    public List<String> errors() {
        return errors;
    }

    /** The exit code, 128 plus the number for a signal, or -1 if the process had not ended. */
    public int exitCode() {
        return exitCode;
    }

    /** The end of what the CLI wrote on stderr, at most 64 KiB, known secrets masked. */
    public String stderrTail() {
        return stderrTail;
    }
}
