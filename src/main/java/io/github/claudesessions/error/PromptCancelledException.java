package io.github.claudesessions.error;

/** The CLI took a prompt out of its queue before the prompt became a turn: there is no result. */
@SuppressWarnings("serial")
public final class PromptCancelledException extends ClaudeException {
    private final String promptUuid;
    private final String state;

    public PromptCancelledException(String message, String promptUuid, String state) {
        super(message, null);
        this.promptUuid = promptUuid;
        this.state = state;
    }

    /** The uuid of the prompt. */
    public String promptUuid() {
        return promptUuid;
    }

    /** What became of it, in the CLI's words: {@code cancelled}, {@code discarded}, {@code refused}. */
    public String state() {
        return state;
    }
}
