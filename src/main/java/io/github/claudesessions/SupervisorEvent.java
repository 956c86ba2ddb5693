package io.github.claudesessions;

import java.time.Duration;

/** What happened to a session of a {@link SessionSupervisor}. More kinds may be added: a switch over it needs a default. */
public sealed interface SupervisorEvent {
    /** The session's name. */
    String name();

    /**
     * A process is ready.
     *
     * @param name the session
     * @param again whether it goes on with a conversation that had a process before
     */
    record Started(String name, boolean again) implements SupervisorEvent {}

    /**
     * A process has ended by itself, or could not be started; the next one is started after a pause.
     *
     * @param name the session
     * @param cause what happened
     * @param delay the pause
     */
    record Restarting(String name, Throwable cause, Duration delay) implements SupervisorEvent {}

    /**
     * The session has failed too often, and is left alone until {@link SessionSupervisor#restart}.
     *
     * @param name the session
     * @param cause the last failure
     */
    record GaveUp(String name, Throwable cause) implements SupervisorEvent {}

    /**
     * The process was ended because nobody used it; the next use starts another.
     *
     * @param name the session
     */
    record Hibernated(String name) implements SupervisorEvent {}

    /**
     * The session is over.
     *
     * @param name the session
     * @param reason why
     */
    record Stopped(String name, String reason) implements SupervisorEvent {}

    /**
     * A turn that was cut off is run again.
     *
     * @param name the session
     */
    record TurnRepeated(String name) implements SupervisorEvent {}
}
