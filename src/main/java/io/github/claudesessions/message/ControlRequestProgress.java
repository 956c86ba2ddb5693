package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A control request takes its time. Wire type {@code system/control_request_progress}.
 *
 * @param requestId id of the request
 * @param status {@code started} or {@code api_retry}
 * @param attempt number of the attempt, from 1, or null
 * @param maxRetries number of the last one, or null
 * @param retryDelayMs wait before it, in milliseconds, or null
 * @param errorStatus HTTP status of the failure, or null
 */
public record ControlRequestProgress(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String requestId,
        String status,
        @Nullable Integer attempt,
        @Nullable Integer maxRetries,
        @Nullable Long retryDelayMs,
        @Nullable Integer errorStatus)
        implements SystemMessage {}
