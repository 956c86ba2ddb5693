package io.github.claudesessions.message;

import io.github.claudesessions.internal.schema.OutputType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The end of a turn. Wire type {@code result}, all subtypes. {@link #isError()} says whether it failed, whatever the
 * subtype is: errors of the API come with {@link ResultSubtype#SUCCESS}.
 *
 * @param subtype how it ended
 * @param isError whether it failed; if the line does not say, true unless the subtype is {@code success}
 * @param result the last text of the model or the text of the error, or null; {@link #text()} is never null
 * @param structuredOutput the output that fits the schema: a map, a list, a string, a number, a boolean, or null
 * @param errors what went wrong; empty if absent
 * @param usage tokens of this turn, {@link Usage#NONE} for an interrupted one
 * @param modelUsage tokens and cost by model since the start of the process; empty if absent
 * @param modelUsageSinceLastResult tokens and cost by model of this turn; empty if absent
 * @param totalCostUsd cost since the start of the process in US dollars, see {@link #costUsd()} for the turn's
 * @param numTurns requests to the model
 * @param durationMs time in milliseconds
 * @param durationApiMs of that, time spent in requests to the model
 * @param stopReason why the model stopped, or null
 * @param terminalReason why the turn ended, or null
 * @param apiErrorStatus HTTP status of the API's error, or null
 * @param permissionDenials tool calls that were not allowed; empty if absent
 * @param userMessageUuid the last of the prompts that it answers, or null
 * @param userMessageUuids all prompts that it answers; empty if absent
 * @param origin who caused the turn, null for the host's prompt
 * @param deferredToolUse the tool call that a hook put off, or null
 * @param queuedTurnCount prompts that still wait, or null
 * @param ttftMs time to the first token in milliseconds, or null
 * @param startupFailureReason why the process could not start a session, or null
 * @param ttftStreamMs time to the first event of the stream in milliseconds, or null
 * @param timeToRequestMs time to the request in milliseconds, or null
 * @param resumeReason why the turn was resumed, or null
 * @param localCommand the local command that the prompt was, or null
 * @param subagentStats counts of subagents; empty if absent
 * @param safetyStops times that a safety check stopped the model, or null
 * @param begunMessageIds API ids of the answers that were begun; empty if absent
 * @param interruptedByShutdown true if the end of the process cut it off
 * @param stoppedByPermissionCheck true if a permission check ended it
 * @param resultIndex number of the result in the session, or null
 * @param credentialExpiresAt when the credentials expire, in ISO 8601, or null
 * @param fastModeState fast mode, or null
 * @param fastModeDisabledReason why it is off, or null
 * @param invalidConfigFile the configuration file that could not be read; empty if absent
 */
public record ResultMessage(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        ResultSubtype subtype,
        boolean isError,
        @Nullable String result,
        @Nullable Object structuredOutput,
        List<String> errors,
        Usage usage,
        Map<String, ModelUsage> modelUsage,
        Map<String, ModelUsage> modelUsageSinceLastResult,
        double totalCostUsd,
        int numTurns,
        long durationMs,
        long durationApiMs,
        @Nullable StopReason stopReason,
        @Nullable TerminalReason terminalReason,
        @Nullable Integer apiErrorStatus,
        List<PermissionDenial> permissionDenials,
        @Nullable String userMessageUuid,
        List<String> userMessageUuids,
        @Nullable Origin origin,
        @Nullable DeferredToolUse deferredToolUse,
        @Nullable Integer queuedTurnCount,
        @Nullable Long ttftMs,
        @Nullable String startupFailureReason,
        @Nullable Long ttftStreamMs,
        @Nullable Long timeToRequestMs,
        @Nullable String resumeReason,
        @Nullable String localCommand,
        Map<String, Object> subagentStats,
        @Nullable Integer safetyStops,
        List<String> begunMessageIds,
        boolean interruptedByShutdown,
        boolean stoppedByPermissionCheck,
        @Nullable Integer resultIndex,
        @Nullable String credentialExpiresAt,
        @Nullable FastModeState fastModeState,
        @Nullable String fastModeDisabledReason,
        Map<String, Object> invalidConfigFile)
        implements Message {
    /** Copies the collections. */
    public ResultMessage {
        errors = List.copyOf(errors);
        modelUsage = Copies.map(modelUsage);
        modelUsageSinceLastResult = Copies.map(modelUsageSinceLastResult);
        permissionDenials = List.copyOf(permissionDenials);
        userMessageUuids = List.copyOf(userMessageUuids);
        subagentStats = Copies.map(subagentStats);
        begunMessageIds = List.copyOf(begunMessageIds);
        invalidConfigFile = Copies.map(invalidConfigFile);
    }

    /** The last text of the model, or the text of the error; empty if there is none. */
    public String text() {
        return result == null ? "" : result;
    }

    /**
     * The cost of this turn in US dollars: the sum over {@link #modelUsageSinceLastResult()}, and 0 if the CLI did not
     * send that. Unlike differences of {@link #totalCostUsd()} it stays right after resume, fork and {@code /clear}.
     */
    public double costUsd() {
        return modelUsageSinceLastResult.values().stream()
                .mapToDouble(ModelUsage::costUsd)
                .sum();
    }

    /**
     * The structured output bound to {@code type}: what the package {@code schema} can describe, or a bean.
     *
     * @throws IllegalStateException if there is none
     * @throws IllegalArgumentException if it does not fit the type
     */
    public <T> T structuredOutputAs(Class<T> type) {
        if (structuredOutput == null) {
            throw new IllegalStateException("the result has no structured_output");
        }
        return OutputType.bind(structuredOutput, type);
    }
}
