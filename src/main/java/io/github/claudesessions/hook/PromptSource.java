package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;

/**
 * Where a prompt came from. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record PromptSource(String value) {
    /** {@code user} */
    public static final PromptSource USER = new PromptSource("user");

    /** {@code sdk} */
    public static final PromptSource SDK = new PromptSource("sdk");

    /** {@code system} */
    public static final PromptSource SYSTEM = new PromptSource("system");

    /** {@code loop_wakeup} */
    public static final PromptSource LOOP_WAKEUP = new PromptSource("loop_wakeup");

    /** {@code schedule_wakeup} */
    public static final PromptSource SCHEDULE_WAKEUP = new PromptSource("schedule_wakeup");

    /** {@code poll_event} */
    public static final PromptSource POLL_EVENT = new PromptSource("poll_event");

    /** Checks that there is a value. */
    public PromptSource {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
