package io.github.claudesessions.permission;

import io.github.claudesessions.internal.Check;

/**
 * What a person who was asked really chose, for the transcript and the CLI's telemetry ({@code tool_decision}). It
 * changes nothing about the call. An open set.
 *
 * @param value the value as it is on the wire
 */
public record DecisionClassification(String value) {
    /** Allowed once: {@code user_temporary}. */
    public static final DecisionClassification USER_TEMPORARY = new DecisionClassification("user_temporary");

    /** Allowed for good, now or earlier: {@code user_permanent}. */
    public static final DecisionClassification USER_PERMANENT = new DecisionClassification("user_permanent");

    /** Refused: {@code user_reject}. */
    public static final DecisionClassification USER_REJECT = new DecisionClassification("user_reject");

    /** Checks that there is a value. */
    public DecisionClassification {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
