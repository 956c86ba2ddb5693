package io.github.claudesessions;

import io.github.claudesessions.internal.supervision.Fate;

/** What a {@link SessionSupervisor} does when the process of a session ends by itself. */
public enum RestartPolicy {
    /** It is always restarted. The default. */
    PERMANENT,

    /**
     * It is restarted unless it ended with exit code 0; then it has no process until it is used, and its conversation goes
     * on.
     */
    TRANSIENT,

    /** The session is over and its name is free. */
    TEMPORARY;

    Fate fate(boolean normally) {
        return switch (this) {
            case PERMANENT -> Fate.RESTARTED;
            case TRANSIENT -> normally ? Fate.ASLEEP : Fate.RESTARTED;
            case TEMPORARY -> Fate.OVER;
        };
    }
}
