package io.github.claudesessions.error;

import java.util.List;

/** A session that was to be isolated has something that its host did not ask for. It is closed. */
@SuppressWarnings("serial")
public final class IsolationException extends ClaudeException {
    private final List<String> extras;

    public IsolationException(List<String> extras) {
        super("the session is not isolated, it has what was not asked for: " + String.join(", ", extras), null);
        this.extras = List.copyOf(extras);
    }

    /** What it has, such as {@code agent "reviewer"} or {@code hook PreToolUse of policySettings}. */
    public List<String> extras() {
        return extras;
    }
}
