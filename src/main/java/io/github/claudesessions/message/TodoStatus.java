package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * The state of an entry in the model's task list. An open set: a value that this version does not know is just another
 * value.
 *
 * @param value the value as it is on the wire
 */
public record TodoStatus(String value) {
    /** {@code pending} */
    public static final TodoStatus PENDING = new TodoStatus("pending");

    /** {@code in_progress} */
    public static final TodoStatus IN_PROGRESS = new TodoStatus("in_progress");

    /** {@code completed} */
    public static final TodoStatus COMPLETED = new TodoStatus("completed");

    /** Checks that there is a value. */
    public TodoStatus {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
