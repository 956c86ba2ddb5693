package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * How a turn ended, by the {@code subtype} of its result. {@link #SUCCESS} alone does not mean success: see {@link
 * ResultMessage#isError()}. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record ResultSubtype(String value) {
    /** {@code success} */
    public static final ResultSubtype SUCCESS = new ResultSubtype("success");

    /** {@code error_during_execution} */
    public static final ResultSubtype ERROR_DURING_EXECUTION = new ResultSubtype("error_during_execution");

    /** {@code error_max_turns} */
    public static final ResultSubtype ERROR_MAX_TURNS = new ResultSubtype("error_max_turns");

    /** {@code error_max_budget_usd} */
    public static final ResultSubtype ERROR_MAX_BUDGET_USD = new ResultSubtype("error_max_budget_usd");

    /** {@code error_max_structured_output_retries} */
    public static final ResultSubtype ERROR_MAX_STRUCTURED_OUTPUT_RETRIES =
            new ResultSubtype("error_max_structured_output_retries");

    /** Checks that there is a value. */
    public ResultSubtype {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
