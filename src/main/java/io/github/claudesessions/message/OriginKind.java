package io.github.claudesessions.message;

import io.github.claudesessions.internal.Check;

/**
 * Who caused a prompt or a turn. An open set: a value that this version does not know is just another value.
 *
 * @param value the value as it is on the wire
 */
public record OriginKind(String value) {
    /** {@code human} */
    public static final OriginKind HUMAN = new OriginKind("human");

    /** {@code channel} */
    public static final OriginKind CHANNEL = new OriginKind("channel");

    /** {@code peer} */
    public static final OriginKind PEER = new OriginKind("peer");

    /** {@code task-notification} */
    public static final OriginKind TASK_NOTIFICATION = new OriginKind("task-notification");

    /** {@code coordinator} */
    public static final OriginKind COORDINATOR = new OriginKind("coordinator");

    /** {@code unclassified} */
    public static final OriginKind UNCLASSIFIED = new OriginKind("unclassified");

    /** {@code observer} */
    public static final OriginKind OBSERVER = new OriginKind("observer");

    /** {@code auto-continuation} */
    public static final OriginKind AUTO_CONTINUATION = new OriginKind("auto-continuation");

    /** {@code observer-activity} */
    public static final OriginKind OBSERVER_ACTIVITY = new OriginKind("observer-activity");

    /** {@code voice-call} */
    public static final OriginKind VOICE_CALL = new OriginKind("voice-call");

    /** Checks that there is a value. */
    public OriginKind {
        Check.notNull("value", value);
    }

    /** The value as it is on the wire. */
    @Override
    public String toString() {
        return value;
    }
}
