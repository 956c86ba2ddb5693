package io.github.claudesessions.error;

import org.jspecify.annotations.Nullable;

/** The CLI process ended while its answer was awaited. */
@SuppressWarnings("serial")
public final class ProcessExitedException extends ClaudeException {
    private final int exitCode;
    private final long pid;
    private final String stderrTail;

    public ProcessExitedException(
            String message, int exitCode, long pid, String stderrTail, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.pid = pid;
        this.stderrTail = stderrTail;
    }

    /** The exit code as the JDK reports it: 128 plus the signal number if a signal ended the process. */
    public int exitCode() {
        return exitCode;
    }

    /** The process id that it had. */
    public long pid() {
        return pid;
    }

    /** The end of what the CLI wrote on stderr, at most 64 KiB, known secrets masked. */
    public String stderrTail() {
        return stderrTail;
    }
}
