package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A request to the model failed and will be sent again. Wire type {@code system/api_retry}.
 *
 * @param attempt number of the attempt, from 1
 * @param maxRetries number of the last one
 * @param retryDelayMs wait before it, in milliseconds
 * @param errorStatus HTTP status of the failure, null without a response
 * @param error kind of the failure
 * @param noResponse how long a response was waited for, if none came, or null
 */
public record ApiRetry(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        int attempt,
        int maxRetries,
        long retryDelayMs,
        @Nullable Integer errorStatus,
        ApiErrorKind error,
        @Nullable NoResponse noResponse)
        implements SystemMessage {

    /**
     * Times of a request without a response.
     *
     * @param waitedMs time waited, in milliseconds
     * @param retryWaitMs time that the retry will wait, in milliseconds
     */
    public record NoResponse(long waitedMs, long retryWaitMs) {}
}
