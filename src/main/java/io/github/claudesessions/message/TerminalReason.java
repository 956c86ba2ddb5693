package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * Why a turn ended: the {@code terminal_reason} of its result. An open set: a value that this version does not know is
 * just another value.
 *
 * @param value the value as it is on the wire
 */
public record TerminalReason(String value) {
    /** {@code blocking_limit} */
    public static final TerminalReason BLOCKING_LIMIT = new TerminalReason("blocking_limit");

    /** {@code rapid_refill_breaker} */
    public static final TerminalReason RAPID_REFILL_BREAKER = new TerminalReason("rapid_refill_breaker");

    /** {@code prompt_too_long} */
    public static final TerminalReason PROMPT_TOO_LONG = new TerminalReason("prompt_too_long");

    /** {@code image_error} */
    public static final TerminalReason IMAGE_ERROR = new TerminalReason("image_error");

    /** {@code model_error} */
    public static final TerminalReason MODEL_ERROR = new TerminalReason("model_error");

    /** {@code api_error} */
    public static final TerminalReason API_ERROR = new TerminalReason("api_error");

    /** {@code malformed_tool_use_exhausted} */
    public static final TerminalReason MALFORMED_TOOL_USE_EXHAUSTED =
            new TerminalReason("malformed_tool_use_exhausted");

    /** {@code aborted_streaming} */
    public static final TerminalReason ABORTED_STREAMING = new TerminalReason("aborted_streaming");

    /** {@code aborted_tools} */
    public static final TerminalReason ABORTED_TOOLS = new TerminalReason("aborted_tools");

    /** {@code stop_hook_prevented} */
    public static final TerminalReason STOP_HOOK_PREVENTED = new TerminalReason("stop_hook_prevented");

    /** {@code hook_stopped} */
    public static final TerminalReason HOOK_STOPPED = new TerminalReason("hook_stopped");

    /** {@code tool_deferred} */
    public static final TerminalReason TOOL_DEFERRED = new TerminalReason("tool_deferred");

    /** {@code max_turns} */
    public static final TerminalReason MAX_TURNS = new TerminalReason("max_turns");

    /** {@code background_requested} */
    public static final TerminalReason BACKGROUND_REQUESTED = new TerminalReason("background_requested");

    /** {@code completed} */
    public static final TerminalReason COMPLETED = new TerminalReason("completed");

    /** {@code budget_exhausted} */
    public static final TerminalReason BUDGET_EXHAUSTED = new TerminalReason("budget_exhausted");

    /** {@code structured_output_retry_exhausted} */
    public static final TerminalReason STRUCTURED_OUTPUT_RETRY_EXHAUSTED =
            new TerminalReason("structured_output_retry_exhausted");

    /** {@code tool_deferred_unavailable} */
    public static final TerminalReason TOOL_DEFERRED_UNAVAILABLE = new TerminalReason("tool_deferred_unavailable");

    /** {@code turn_setup_failed} */
    public static final TerminalReason TURN_SETUP_FAILED = new TerminalReason("turn_setup_failed");

    /** Checks that there is a value. */
    public TerminalReason {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
