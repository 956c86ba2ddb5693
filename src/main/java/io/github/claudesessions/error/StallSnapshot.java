package io.github.claudesessions.error;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a session was when one of its limits ran out.
 *
 * @param kind which limit it was
 * @param limit its value
 * @param time when it ran out
 * @param sessionId the id of the conversation, or null if only the CLI knows it
 * @param silence how long the CLI had sent no message then, since the prompt at the most
 * @param lastMessage the last message of the session, or null if there was none yet
 * @param runningTools the tool calls whose results had not come, oldest first, those of subagents included
 * @param process the CLI process
 * @param stderrTail the end of what the CLI wrote on stderr, at most 64 KiB, known secrets masked; it can quote prompts
 */
public record StallSnapshot(
        Kind kind,
        Duration limit,
        Instant time,
        @Nullable String sessionId,
        Duration silence,
        @Nullable LastMessage lastMessage,
        List<RunningTool> runningTools,
        ProcessState process,
        String stderrTail) {
    /** Copies the list. */
    public StallSnapshot {
        runningTools = List.copyOf(runningTools);
    }

    /** The limits. More constants may be added. */
    public enum Kind {
        /** {@code firstByteTimeout}: the model did not begin to answer. */
        FIRST_BYTE("firstByte"),
        /** {@code messageTimeout}: no message came, and no tool ran. */
        SILENCE("message"),
        /** {@code toolSilenceTimeout}: no message came while a tool ran. */
        TOOL_SILENCE("toolSilence"),
        /** {@code turnTimeout}: the turn took too long. */
        TURN("turn"),
        /** {@code sessionTimeout}: the session is too old. */
        SESSION("session"),
        /** {@code interruptTimeout}: an interrupt that the application asked for did not end the turn. */
        INTERRUPT("interrupt");

        private final String operation;

        Kind(String operation) {
            this.operation = operation;
        }

        /** What took too long, as {@link TimeLimitException#operation()} has it. */
        public String operation() {
            return operation;
        }

        /** The name of the option that sets the limit. */
        public String option() {
            return operation + "Timeout";
        }
    }

    /**
     * A message, without its content.
     *
     * @param type the wire type, such as {@code assistant}
     * @param subtype the subtype, such as {@code api_retry}, or null
     * @param age how long ago it came
     */
    public record LastMessage(String type, @Nullable String subtype, Duration age) {}

    /**
     * A tool call without a result.
     *
     * @param id the id of the call
     * @param name the name of the tool
     * @param parentToolUseId the call whose subagent made this one, null for the main agent
     * @param age how long ago the model called it; time that a permission took is in it
     */
    public record RunningTool(
            String id, String name, @Nullable String parentToolUseId, Duration age) {}

    /**
     * The CLI process.
     *
     * @param pid the process id, -1 if there is none on this machine
     * @param alive whether it had not ended
     * @param state on Linux the letter of its state, such as {@code S} (waits), {@code R} (runs), {@code T} (was stopped by
     *     a signal), {@code D} (waits for a disk), else null
     * @param residentBytes on Linux the memory that it occupied, else null
     */
    public record ProcessState(
            long pid,
            boolean alive,
            @Nullable String state,
            @Nullable Long residentBytes) {}

    /** All but the tail of stderr, which can quote prompts. */
    @Override
    public String toString() {
        return "StallSnapshot[kind=%s, limit=%s, time=%s, sessionId=%s, silence=%s, lastMessage=%s, runningTools=%s, process=%s]"
                .formatted(kind, limit, time, sessionId, silence, lastMessage, runningTools, process);
    }
}
