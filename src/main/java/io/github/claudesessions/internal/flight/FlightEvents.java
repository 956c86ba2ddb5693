package io.github.claudesessions.internal.flight;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The events as a recording has them. Their names and fields are a contract with whoever reads recordings. */
@SuppressWarnings("UnusedVariable") // the recorder reads the fields
final class FlightEvents {
    private static final String CATEGORY = "Claude Sessions";
    private static final String PREFIX = "io.github.claudesessions.";

    private FlightEvents() {}

    @Name(PREFIX + "Turn")
    @Label("Turn")
    @Description("A prompt and all that the model did about it")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class TurnEvent extends Event {
        @Label("Session Id")
        @Nullable
        String sessionId;

        @Label("Outcome")
        @Description("The subtype of the result, or none if there was no result")
        @Nullable
        String outcome;

        @Label("Error")
        boolean error;

        @Label("Cost in US Dollars")
        double costUsd;

        @Label("Input Tokens")
        @Description("Those of caches included")
        long inputTokens;

        @Label("Output Tokens")
        long outputTokens;

        @Label("Requests to the Model")
        int requests;
    }

    @Name(PREFIX + "ControlRequest")
    @Label("Control Request")
    @Description("A question between the host and the CLI")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class ControlEvent extends Event {
        @Label("Subtype")
        @Nullable
        String subtype;

        @Label("From the CLI")
        @Description("Whether the CLI asked the host")
        boolean fromCli;

        @Label("Outcome")
        @Description("answered, failed, cancelled, or the kind of the failure")
        @Nullable
        String outcome;
    }

    @Name(PREFIX + "ToolCall")
    @Label("Tool Call")
    @Description("A call of a tool of this JVM")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class ToolEvent extends Event {
        @Label("Tool")
        @Nullable
        String tool;

        @Label("Server")
        @Nullable
        String server;

        @Label("Outcome")
        @Description("ok, error, cancelled, or the kind of the failure")
        @Nullable
        String outcome;
    }

    @Name(PREFIX + "SessionStart")
    @Label("Session Start")
    @Description("The start of a process, the handshake included")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class StartEvent extends Event {
        @Label("Session Id")
        @Nullable
        String sessionId;

        @Label("Resumed")
        boolean resumed;

        @Label("Outcome")
        @Description("ready, or the kind of the failure")
        @Nullable
        String outcome;
    }

    @Name(PREFIX + "SessionStop")
    @Label("Session Stop")
    @Description("The end of a process")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class StopEvent extends Event {
        @Label("Session Id")
        @Nullable
        String sessionId;

        @Label("Process Id")
        long pid;

        @Label("Lived")
        @Timespan(Timespan.MILLISECONDS)
        long lived;

        @Label("Outcome")
        @Description("closed, failed, or the exit code")
        @Nullable
        String outcome;
    }

    @Name(PREFIX + "SessionRestart")
    @Label("Session Restart")
    @Description("A supervised session has lost its process")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class RestartEvent extends Event {
        @Label("Name")
        @Nullable
        String name;

        @Label("Cause")
        @Description("The kind of the failure")
        @Nullable
        String cause;

        @Label("Given Up")
        @Description("Whether it has failed too often")
        boolean gaveUp;

        @Label("Delay")
        @Timespan(Timespan.MILLISECONDS)
        long delay;
    }

    @Name(PREFIX + "SessionEviction")
    @Label("Session Eviction")
    @Description("A supervised session has given up its process until it is used")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class EvictionEvent extends Event {
        @Label("Name")
        @Nullable
        String name;
    }
}
