package io.github.claudesessions.error;

import io.github.claudesessions.message.ResultMessage;
import org.jspecify.annotations.Nullable;

/** The turn came to its end without the structured output that was asked for. The session can be used further. */
@SuppressWarnings("serial")
public final class StructuredOutputException extends ClaudeException {
    /** What became of the output. */
    public enum Reason {
        /** The model delivered none. */
        MISSING,
        /** What the model delivered, again and again, does not fit the schema or the type. */
        INVALID
    }

    private final Reason reason;
    private final String problem;
    private final ResultMessage result;

    public StructuredOutputException(Reason reason, String problem, ResultMessage result, @Nullable Throwable cause) {
        super(
                reason == Reason.MISSING
                        ? "the model delivered no structured output; result() has its text"
                        : "the model did not deliver structured output that fits; problem() says why",
                cause);
        this.reason = reason;
        this.problem = problem;
        this.result = result;
    }

    /** What became of the output. */
    public Reason reason() {
        return reason;
    }

    /** What is wrong: the path, the rule and the value. It can quote what the model wrote. */
    public String problem() {
        return problem;
    }

    /** The result that ended the turn. */
    public ResultMessage result() {
        return result;
    }
}
