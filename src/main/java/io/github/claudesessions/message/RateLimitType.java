package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * The window that a rate limit counts in. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record RateLimitType(String value) {
    /** {@code five_hour} */
    public static final RateLimitType FIVE_HOUR = new RateLimitType("five_hour");

    /** {@code seven_day} */
    public static final RateLimitType SEVEN_DAY = new RateLimitType("seven_day");

    /** {@code seven_day_opus} */
    public static final RateLimitType SEVEN_DAY_OPUS = new RateLimitType("seven_day_opus");

    /** {@code seven_day_sonnet} */
    public static final RateLimitType SEVEN_DAY_SONNET = new RateLimitType("seven_day_sonnet");

    /** {@code seven_day_overage_included} */
    public static final RateLimitType SEVEN_DAY_OVERAGE_INCLUDED = new RateLimitType("seven_day_overage_included");

    /** {@code overage} */
    public static final RateLimitType OVERAGE = new RateLimitType("overage");

    /** Checks that there is a value. */
    public RateLimitType {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
