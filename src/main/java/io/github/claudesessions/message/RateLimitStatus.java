package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * What the rate limit says about the next request. An open set: a value that this version does not know is just
 * another value.
 *
 * @param value the value as it is on the wire
 */
public record RateLimitStatus(String value) {
    /** {@code allowed} */
    public static final RateLimitStatus ALLOWED = new RateLimitStatus("allowed");

    /** {@code allowed_warning} */
    public static final RateLimitStatus ALLOWED_WARNING = new RateLimitStatus("allowed_warning");

    /** {@code rejected} */
    public static final RateLimitStatus REJECTED = new RateLimitStatus("rejected");

    /** Checks that there is a value. */
    public RateLimitStatus {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
