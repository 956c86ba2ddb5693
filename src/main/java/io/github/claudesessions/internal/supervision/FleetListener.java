package io.github.claudesessions.internal.supervision;

import java.time.Duration;

/** What a fleet tells, on any thread, without a lock held. Must not wait. */
public interface FleetListener {
    /**
     * A process is ready.
     *
     * @param again whether it is not the first one of its conversation
     */
    void started(Member member, boolean again);

    /** A process has failed, or could not be started, and the next one is started after {@code delay}. */
    void restarting(Member member, Throwable cause, Duration delay);

    /** Too many have failed. */
    void gaveUp(Member member, Throwable cause);

    /** A process was ended because nobody used it. */
    void hibernated(Member member);

    /** The conversation is over here. */
    void stopped(Member member, String reason);

    /** A turn that was cut off is run again. */
    void repeated(Member member);
}
