package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The state of the rate limit changed. Wire type {@code rate_limit_event}.
 *
 * @param rateLimitInfo the new state
 */
public record RateLimitEvent(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, RateLimitInfo rateLimitInfo)
        implements Message {}
