package io.github.claudesessions;

import io.github.claudesessions.internal.Check;

/** How a session is: {@link ClaudeSession#health} does not ask the CLI, {@link ClaudeSession#probe} does. */
public sealed interface Health {
    /** Nothing is known to be wrong. */
    record Healthy() implements Health {}

    /**
     * The session works, but not as it should.
     *
     * @param reason what is wrong, in a few words, without secrets
     */
    record Degraded(String reason) implements Health {
        /** Checks that there is a reason. */
        public Degraded {
            Check.notNull("reason", reason);
        }
    }

    /**
     * The session is over, or its process does not answer.
     *
     * @param reason why, in a few words, without secrets
     */
    record Unhealthy(String reason) implements Health {
        /** Checks that there is a reason. */
        public Unhealthy {
            Check.notNull("reason", reason);
        }
    }
}
