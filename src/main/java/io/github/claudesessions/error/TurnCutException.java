package io.github.claudesessions.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The process of a supervised session ended in the middle of a turn. The cause says how; the session itself goes on with
 * another process, unless it was terminated or has given up.
 */
@SuppressWarnings("serial")
public final class TurnCutException extends ClaudeException {
    private final PromptFate fate;
    private final @Nullable String sessionId;
    private final @Nullable String promptUuid;
    private final boolean toolStarted;

    public TurnCutException(
            String message,
            PromptFate fate,
            @Nullable String sessionId,
            @Nullable String promptUuid,
            boolean toolStarted,
            @Nullable Throwable cause) {
        super(message, cause);
        this.fate = fate;
        this.sessionId = sessionId;
        this.promptUuid = promptUuid;
        this.toolStarted = toolStarted;
    }

    /** What became of the prompt. */
    public PromptFate fate() {
        return fate;
    }

    /** The conversation, for {@code resume}. */
    public Optional<String> sessionId() {
        return Optional.ofNullable(sessionId);
    }

    /** The uuid that the prompt was sent with; empty if it was not sent. */
    public Optional<String> promptUuid() {
        return Optional.ofNullable(promptUuid);
    }

    /** Whether the model had called a tool: what it does may have been done, or half done. */
    public boolean toolStarted() {
        return toolStarted;
    }
}
