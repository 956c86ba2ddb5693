package io.github.claudesessions.internal.flight;

import io.github.claudesessions.message.ResultMessage;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Tells the JDK's Flight Recorder what happens: names, kinds, numbers and times, never a text that somebody wrote. Costs
 * next to nothing while no recording wants it, and does nothing where the module {@code jdk.jfr} is missing. Any thread.
 */
public final class Flight {
    /** Only then may {@link Recorder} be loaded. */
    private static final boolean THERE =
            ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    private Flight() {}

    /** Something that takes its time, and ends once. */
    @FunctionalInterface
    public interface Span {
        /** One that nobody records. */
        Span NONE = outcome -> {};

        /** It is over; {@code outcome} in a word. */
        void end(String outcome);
    }

    /** A turn, which ends once. */
    @FunctionalInterface
    public interface TurnSpan {
        /** One that nobody records. */
        TurnSpan NONE = (sessionId, result) -> {};

        /** It is over; without a result it was cut off or given up. */
        void end(@Nullable String sessionId, @Nullable ResultMessage result);
    }

    /** A turn begins. */
    public static TurnSpan turn() {
        return THERE ? Recorder.turn() : TurnSpan.NONE;
    }

    /** The CLI is asked something; {@code answer} ends that. */
    public static void asks(String subtype, CompletableFuture<?> answer) {
        Span span = control(subtype, false);
        if (span != Span.NONE) {
            answer.whenComplete((value, failure) -> span.end(failure == null ? "answered" : kind(failure)));
        }
    }

    /** The CLI asks something, and the host begins to answer. */
    public static Span asked(String subtype) {
        return control(subtype, true);
    }

    private static Span control(String subtype, boolean fromCli) {
        return THERE ? Recorder.control(subtype, fromCli) : Span.NONE;
    }

    /** A tool of this JVM is called. */
    public static Span tool(String name, String server) {
        return THERE ? Recorder.tool(name, server) : Span.NONE;
    }

    /** A process is being started. */
    public static Span start(@Nullable String sessionId, boolean resumed) {
        return THERE ? Recorder.start(sessionId, resumed) : Span.NONE;
    }

    /** A process is gone. */
    public static void stopped(@Nullable String sessionId, long pid, Duration lived, String how) {
        if (THERE) {
            Recorder.stopped(sessionId, pid, lived, how);
        }
    }

    /** A supervised session is restarted after {@code delay}, or, if that is null, given up. */
    public static void restart(String name, Throwable cause, @Nullable Duration delay) {
        if (THERE) {
            Recorder.restart(name, kind(cause), delay);
        }
    }

    /** A supervised session has given up its process. */
    public static void evicted(String name) {
        if (THERE) {
            Recorder.evicted(name);
        }
    }

    /** An exception without what it says. */
    public static String kind(Throwable failure) {
        return failure.getClass().getSimpleName();
    }
}
