package io.github.claudesessions.error;

import java.util.List;

/** There is no conversation with the id that was to be resumed. */
@SuppressWarnings("serial")
public final class SessionNotFoundException extends ClaudeException {
    private final String sessionId;
    private final List<String> errors;

    public SessionNotFoundException(String message, String sessionId, List<String> errors) {
        super(message, null);
        this.sessionId = sessionId;
        this.errors = List.copyOf(errors);
    }

    /** The id or title that was asked for. */
    public String sessionId() {
        return sessionId;
    }

    /** What the CLI said. */
    public List<String> errors() {
        return errors;
    }
}
