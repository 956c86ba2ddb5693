package io.github.claudesessions.dialog;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.Frozen;
import java.util.Map;

/** What becomes of a {@link UserDialogRequest}. */
public sealed interface UserDialogReply {
    /**
     * The user has answered.
     *
     * @param result the values that a dialog of the kind has for a result
     */
    static Completed completed(Map<String, ?> result) {
        return new Completed(Frozen.map(Check.notNull("result", result)));
    }

    /** The user has closed the dialog without an answer. */
    static Cancelled cancelled() {
        return new Cancelled();
    }

    /**
     * The user has answered.
     *
     * @param result the values of the answer
     */
    record Completed(Map<String, Object> result) implements UserDialogReply {
        /** Copies the collection. */
        public Completed {
            result = Frozen.map(result);
        }

        /** How many values there are; what they say is left out. */
        @Override
        public String toString() {
            return "Completed[" + result.size() + "]";
        }
    }

    /** The user has closed the dialog. */
    record Cancelled() implements UserDialogReply {}
}
