package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * The urgency of a {@link NotificationMessage}. An open set: a value that this version does not know is just another
 * value.
 *
 * @param value the value as it is on the wire
 */
public record NotificationPriority(String value) {
    /** {@code low} */
    public static final NotificationPriority LOW = new NotificationPriority("low");

    /** {@code medium} */
    public static final NotificationPriority MEDIUM = new NotificationPriority("medium");

    /** {@code high} */
    public static final NotificationPriority HIGH = new NotificationPriority("high");

    /** {@code immediate} */
    public static final NotificationPriority IMMEDIATE = new NotificationPriority("immediate");

    /** Checks that there is a value. */
    public NotificationPriority {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
