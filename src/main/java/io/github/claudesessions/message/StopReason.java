package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * Why the model stopped: the {@code stop_reason} of an API message. An open set: a value that this version does not
 * know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record StopReason(String value) {
    /** {@code end_turn} */
    public static final StopReason END_TURN = new StopReason("end_turn");

    /** {@code max_tokens} */
    public static final StopReason MAX_TOKENS = new StopReason("max_tokens");

    /** {@code stop_sequence} */
    public static final StopReason STOP_SEQUENCE = new StopReason("stop_sequence");

    /** {@code tool_use} */
    public static final StopReason TOOL_USE = new StopReason("tool_use");

    /** {@code pause_turn} */
    public static final StopReason PAUSE_TURN = new StopReason("pause_turn");

    /** {@code refusal} */
    public static final StopReason REFUSAL = new StopReason("refusal");

    /** {@code model_context_window_exceeded} */
    public static final StopReason MODEL_CONTEXT_WINDOW_EXCEEDED = new StopReason("model_context_window_exceeded");

    /** Checks that there is a value. */
    public StopReason {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
