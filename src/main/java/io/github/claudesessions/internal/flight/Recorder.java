package io.github.claudesessions.internal.flight;

import io.github.claudesessions.internal.flight.FlightEvents.ControlEvent;
import io.github.claudesessions.internal.flight.FlightEvents.EvictionEvent;
import io.github.claudesessions.internal.flight.FlightEvents.RestartEvent;
import io.github.claudesessions.internal.flight.FlightEvents.StartEvent;
import io.github.claudesessions.internal.flight.FlightEvents.StopEvent;
import io.github.claudesessions.internal.flight.FlightEvents.ToolEvent;
import io.github.claudesessions.internal.flight.FlightEvents.TurnEvent;
import io.github.claudesessions.message.ResultMessage;
import java.time.Duration;
import java.util.function.Consumer;
import jdk.jfr.Event;
import org.jspecify.annotations.Nullable;

/** The side of {@link Flight} that needs the module {@code jdk.jfr}. */
final class Recorder {
    private Recorder() {}

    static Flight.TurnSpan turn() {
        TurnEvent event = new TurnEvent();
        if (!event.isEnabled()) {
            return Flight.TurnSpan.NONE;
        }
        event.begin();
        return (sessionId, result) -> end(event, sessionId, result);
    }

    private static void end(TurnEvent event, @Nullable String sessionId, @Nullable ResultMessage result) {
        event.end();
        if (!event.shouldCommit()) {
            return;
        }
        event.sessionId = sessionId;
        event.outcome = result == null ? "none" : result.subtype().value();
        event.error = result == null || result.isError();
        if (result != null) {
            event.costUsd = result.costUsd();
            event.inputTokens = result.usage().totalInputTokens();
            event.outputTokens = result.usage().outputTokens();
            event.requests = result.numTurns();
        }
        event.commit();
    }

    static Flight.Span control(String subtype, boolean fromCli) {
        ControlEvent event = new ControlEvent();
        if (!event.isEnabled()) {
            return Flight.Span.NONE;
        }
        event.subtype = subtype;
        event.fromCli = fromCli;
        return begun(event, outcome -> event.outcome = outcome);
    }

    static Flight.Span tool(String name, String server) {
        ToolEvent event = new ToolEvent();
        if (!event.isEnabled()) {
            return Flight.Span.NONE;
        }
        event.tool = name;
        event.server = server;
        return begun(event, outcome -> event.outcome = outcome);
    }

    static Flight.Span start(@Nullable String sessionId, boolean resumed) {
        StartEvent event = new StartEvent();
        if (!event.isEnabled()) {
            return Flight.Span.NONE;
        }
        event.sessionId = sessionId;
        event.resumed = resumed;
        return begun(event, outcome -> event.outcome = outcome);
    }

    private static Flight.Span begun(Event event, Consumer<String> setOutcome) {
        event.begin();
        return outcome -> {
            setOutcome.accept(outcome);
            event.commit();
        };
    }

    static void stopped(@Nullable String sessionId, long pid, Duration lived, String how) {
        StopEvent event = new StopEvent();
        if (event.shouldCommit()) {
            event.sessionId = sessionId;
            event.pid = pid;
            event.lived = lived.toMillis();
            event.outcome = how;
            event.commit();
        }
    }

    static void restart(String name, String cause, @Nullable Duration delay) {
        RestartEvent event = new RestartEvent();
        if (event.shouldCommit()) {
            event.name = name;
            event.cause = cause;
            event.gaveUp = delay == null;
            event.delay = delay == null ? 0 : delay.toMillis();
            event.commit();
        }
    }

    static void evicted(String name) {
        EvictionEvent event = new EvictionEvent();
        if (event.shouldCommit()) {
            event.name = name;
            event.commit();
        }
    }
}
