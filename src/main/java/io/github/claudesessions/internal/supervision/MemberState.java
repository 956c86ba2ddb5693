package io.github.claudesessions.internal.supervision;

import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.protocol.SessionCore;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where a member is.
 *
 * <pre>
 *   Asleep ── used ──► Starting ── ready ──► Live ── fails ──► BackingOff ──► Starting
 *     ▲                   └── fails ──────────│──────────────►   └── too often ──► GaveUp ── restart ──► Starting
 *     └────────────── Ending ◄── idle, restart, terminate ──► Stopped
 * </pre>
 *
 * {@code ready} is what callers wait for; it stays the same from the first of them to the process, or to the failure.
 */
sealed interface MemberState {
    /** No process; the next use starts one. */
    record Asleep() implements MemberState {}

    /** A process is being started. */
    record Starting(CompletableFuture<SessionCore> ready) implements MemberState {}

    /** A process is there. It may have ended a moment ago. */
    record Live(SessionCore core) implements MemberState {}

    /** The next process is started when the alarm rings. */
    record BackingOff(CompletableFuture<SessionCore> ready, Timer.Alarm alarm, String reason) implements MemberState {}

    /** The process is going away; {@code ready} is null if nobody waits for the next. */
    record Ending(
            SessionCore core, Purpose purpose, @Nullable CompletableFuture<SessionCore> ready) implements MemberState {}

    /** It failed too often. */
    record GaveUp(Throwable cause) implements MemberState {}

    /** It is over. */
    record Stopped(String reason) implements MemberState {}

    /** The process that there is, or null. */
    default @Nullable SessionCore process() {
        return switch (this) {
            case Live live -> live.core();
            case Ending ending -> ending.core();
            default -> null;
        };
    }

    /** Why it can't be used any more, or null. */
    default @Nullable String over() {
        return switch (this) {
            case Stopped stopped -> stopped.reason();
            case GaveUp over ->
                "it has failed too often; the last time: " + over.cause().getMessage();
            case Ending ending -> ending.purpose() == Purpose.STOP ? "it is being closed" : null;
            default -> null;
        };
    }

    /** Why it has no process although it should have one, or null. */
    default @Nullable String trouble() {
        return switch (this) {
            case BackingOff waiting -> "it is being restarted: " + waiting.reason();
            case Live live -> live.core().facts().ended();
            default -> null;
        };
    }

    /**
     * The state in a word.
     *
     * @param again whether there was a process before
     */
    default Snapshot.Phase phase(boolean again) {
        return switch (this) {
            case Asleep asleep -> Snapshot.Phase.ASLEEP;
            case Starting starting -> again ? Snapshot.Phase.RESTARTING : Snapshot.Phase.STARTING;
            case Live live -> live.core().end() == null ? Snapshot.Phase.LIVE : Snapshot.Phase.RESTARTING;
            case BackingOff waiting -> Snapshot.Phase.RESTARTING;
            case Ending ending ->
                switch (ending.purpose()) {
                    case HIBERNATE -> ending.ready() == null ? Snapshot.Phase.ASLEEP : Snapshot.Phase.STARTING;
                    case STOP -> Snapshot.Phase.STOPPED;
                    case RESTART, CRASH -> Snapshot.Phase.RESTARTING;
                };
            case GaveUp over -> Snapshot.Phase.GAVE_UP;
            case Stopped stopped -> Snapshot.Phase.STOPPED;
        };
    }

    /** Why a process is going away. */
    enum Purpose {
        HIBERNATE,
        RESTART,
        STOP,
        CRASH
    }
}
