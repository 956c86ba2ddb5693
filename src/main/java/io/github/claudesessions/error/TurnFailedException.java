package io.github.claudesessions.error;

import io.github.claudesessions.message.ResultMessage;
import java.util.OptionalInt;

/** The turn came to its end, and its end is an error. The session can be used for another turn. */
@SuppressWarnings("serial")
public final class TurnFailedException extends ClaudeException {
    /** The kind of failure, derived from the result. More constants may be added. */
    public enum Reason {
        /** The API answered with an error: {@link #apiErrorStatus()} has its status. */
        API_ERROR,
        /** No credentials, or ones that the API refused. */
        AUTHENTICATION,
        /** The turn was interrupted. */
        INTERRUPTED,
        /** {@code maxTurns} was reached. */
        MAX_TURNS,
        /** {@code maxBudgetUsd} was used up. */
        MAX_BUDGET,
        /** The model did not deliver output that fits the schema. */
        STRUCTURED_OUTPUT,
        /** Another error; the result has the text. */
        EXECUTION
    }

    private final Reason reason;
    private final ResultMessage result;

    public TurnFailedException(String message, Reason reason, ResultMessage result) {
        super(message, null);
        this.reason = reason;
        this.result = result;
    }

    /** The kind of failure. */
    public Reason reason() {
        return reason;
    }

    /** The result that ended the turn, with its errors, usage and cost. */
    public ResultMessage result() {
        return result;
    }

    /** The HTTP status of the API's error, if one was reported. */
    public OptionalInt apiErrorStatus() {
        Integer status = result.apiErrorStatus();
        return status == null ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
