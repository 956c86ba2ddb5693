package io.github.claudesessions.error;

/** The line with the awaited answer was longer than {@code maxLineBytes} and had to be skipped. */
@SuppressWarnings("serial")
public final class OversizeLineException extends ClaudeException {
    private final long bytes;
    private final int limit;

    public OversizeLineException(String message, long bytes, int limit) {
        super(message, null);
        this.bytes = bytes;
        this.limit = limit;
    }

    /** How long the line was. */
    public long bytes() {
        return bytes;
    }

    /** The limit that was in force. */
    public int limit() {
        return limit;
    }
}
