package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.error.ClaudeException;
import org.jspecify.annotations.Nullable;

/** What a caller is told of a turn that its process did not survive. May block: it runs on the caller's thread. */
@FunctionalInterface
public interface CutTurns {
    /** The end of the process is all that there is to say. */
    CutTurns PLAIN = (cause, turn) -> cause;

    /** A turn was cut off. Must not wait. */
    default void note(Cut turn) {}

    /** The name of the conversation, or null. */
    default @Nullable String name() {
        return null;
    }

    ClaudeException explain(ClaudeException cause, Cut turn);

    /**
     * A turn that was cut off.
     *
     * @param core the session
     * @param promptUuid the prompt, or null if it was not sent
     * @param toolStarted whether the model had called a tool
     * @param repeatable whether nothing of it was delivered, so that its caller can begin again
     */
    record Cut(SessionCore core, @Nullable String promptUuid, boolean toolStarted, boolean repeatable) {
        static Cut of(SessionCore core, Turn turn) {
            return new Cut(
                    core,
                    turn.wasSent() ? turn.promptUuid() : null,
                    turn.toolStarted(),
                    turn.delivery() == Delivery.RESULT);
        }
    }
}
