package io.github.claudesessions.error;

/** The output of the CLI ended in the middle of a line. */
@SuppressWarnings("serial")
public final class TruncatedStreamException extends ClaudeException {
    private final long bytes;
    private final int exitCode;
    private final String stderrTail;

    public TruncatedStreamException(String message, long bytes, int exitCode, String stderrTail) {
        super(message, null);
        this.bytes = bytes;
        this.exitCode = exitCode;
        this.stderrTail = stderrTail;
    }

    /** How many bytes of the last line had come. */
    public long bytes() {
        return bytes;
    }

    /** The exit code of the process. */
    public int exitCode() {
        return exitCode;
    }

    /** The end of what the CLI wrote on stderr, at most 64 KiB, known secrets masked. */
    public String stderrTail() {
        return stderrTail;
    }
}
