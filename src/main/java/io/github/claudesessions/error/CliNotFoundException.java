package io.github.claudesessions.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** No Claude Code binary where the options say that one is. */
@SuppressWarnings("serial")
public final class CliNotFoundException extends ClaudeException {
    private final List<String> lookedIn;

    public CliNotFoundException(String message, List<String> lookedIn, @Nullable Throwable cause) {
        super(message, cause);
        this.lookedIn = List.copyOf(lookedIn);
    }

    /** The places that were looked at, in order. */
    public List<String> lookedIn() {
        return lookedIn;
    }
}
