package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * Where a prompt is on its way through the session. An open set: a value that this version does not know is just
 * another value.
 *
 * @param value the value as it is on the wire
 */
public record LifecycleState(String value) {
    /** {@code queued} */
    public static final LifecycleState QUEUED = new LifecycleState("queued");

    /** {@code started} */
    public static final LifecycleState STARTED = new LifecycleState("started");

    /** {@code completed} */
    public static final LifecycleState COMPLETED = new LifecycleState("completed");

    /** {@code cancelled} */
    public static final LifecycleState CANCELLED = new LifecycleState("cancelled");

    /** {@code discarded} */
    public static final LifecycleState DISCARDED = new LifecycleState("discarded");

    /** {@code refused} */
    public static final LifecycleState REFUSED = new LifecycleState("refused");

    /** Checks that there is a value. */
    public LifecycleState {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
