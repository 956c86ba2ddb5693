package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * The state of a task: a subagent, a background shell, a workflow. An open set: a value that this version does not
 * know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record TaskStatus(String value) {
    /** {@code pending} */
    public static final TaskStatus PENDING = new TaskStatus("pending");

    /** {@code running} */
    public static final TaskStatus RUNNING = new TaskStatus("running");

    /** {@code completed} */
    public static final TaskStatus COMPLETED = new TaskStatus("completed");

    /** {@code failed} */
    public static final TaskStatus FAILED = new TaskStatus("failed");

    /** {@code killed} */
    public static final TaskStatus KILLED = new TaskStatus("killed");

    /** {@code stopped} */
    public static final TaskStatus STOPPED = new TaskStatus("stopped");

    /** {@code paused} */
    public static final TaskStatus PAUSED = new TaskStatus("paused");

    /** Checks that there is a value. */
    public TaskStatus {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
