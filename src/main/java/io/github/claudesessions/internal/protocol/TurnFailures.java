package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.error.TurnFailedException.Reason;
import io.github.claudesessions.message.ApiErrorKind;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.ResultSubtype;
import io.github.claudesessions.message.TerminalReason;
import org.jspecify.annotations.Nullable;

/** Reads from a result whether and how its turn failed. A result with {@code is_error} is an error, whatever its subtype. */
public final class TurnFailures {
    private TurnFailures() {}

    /**
     * The failure that {@code result} reports, or null if it is none.
     *
     * @param apiError the last error of the API that the turn told of, or null
     */
    public static @Nullable TurnFailedException of(ResultMessage result, @Nullable ApiErrorKind apiError) {
        if (!result.isError() && result.subtype().equals(ResultSubtype.SUCCESS)) {
            return null;
        }
        Reason reason = reason(result, apiError);
        return new TurnFailedException(message(reason, result), reason, result);
    }

    private static Reason reason(ResultMessage result, @Nullable ApiErrorKind apiError) {
        ResultSubtype subtype = result.subtype();
        TerminalReason terminal = result.terminalReason();
        Integer status = result.apiErrorStatus();
        if (subtype.equals(ResultSubtype.ERROR_MAX_TURNS)) {
            return Reason.MAX_TURNS;
        } else if (subtype.equals(ResultSubtype.ERROR_MAX_BUDGET_USD)) {
            return Reason.MAX_BUDGET;
        } else if (subtype.equals(ResultSubtype.ERROR_MAX_STRUCTURED_OUTPUT_RETRIES)) {
            return Reason.STRUCTURED_OUTPUT;
        } else if (ApiErrorKind.AUTHENTICATION_FAILED.equals(apiError)) {
            return Reason.AUTHENTICATION;
        } else if (status != null) {
            return status == 401 || status == 403 ? Reason.AUTHENTICATION : Reason.API_ERROR;
        } else if (TerminalReason.ABORTED_STREAMING.equals(terminal) || TerminalReason.ABORTED_TOOLS.equals(terminal)) {
            return Reason.INTERRUPTED;
        } else if (TerminalReason.API_ERROR.equals(terminal)) {
            return Reason.API_ERROR;
        }
        return Reason.EXECUTION;
    }

    private static String message(Reason reason, ResultMessage result) {
        String said = result.text().isEmpty() ? String.join("; ", result.errors()) : result.text();
        return switch (reason) {
            case API_ERROR -> "the API answered with an error: " + said;
            case AUTHENTICATION ->
                "the API refused the credentials, or there are none (set apiKey, ANTHROPIC_API_KEY, or log in with"
                        + " the claude command): " + said;
            case INTERRUPTED -> "the turn was interrupted";
            case MAX_TURNS -> "the turn reached maxTurns";
            case MAX_BUDGET -> "the session has used up maxBudgetUsd";
            case STRUCTURED_OUTPUT -> "the model did not deliver output that fits the schema";
            case EXECUTION -> "the turn failed: " + said;
        };
    }
}
