package io.github.claudesessions;

import io.github.claudesessions.internal.supervision.Drained;
import java.util.Optional;

/**
 * A session that {@link SessionSupervisor#drain} has ended.
 *
 * @param name its name
 * @param sessionId its conversation, for {@link #resume}; empty if there is nothing to be resumed: no turn was begun in it,
 *     or it is not kept
 * @param turnCut whether a turn had not ended at the deadline, and was interrupted
 */
public record DrainedSession(String name, Optional<String> sessionId, boolean turnCut) {
    static DrainedSession of(Drained session) {
        return new DrainedSession(session.name(), Optional.ofNullable(session.sessionId()), session.turnCut());
    }

    /**
     * The options with which the conversation goes on, or begins if there is nothing to be resumed. What was changed at
     * run time is not in them.
     *
     * @param options those that the session had
     */
    public ClaudeOptions resume(ClaudeOptions options) {
        return sessionId
                .map(id -> Continuation.withoutOrigin(options)
                        .resume(id)
                        .unset(Option.TITLE)
                        .build())
                .orElse(options);
    }
}
