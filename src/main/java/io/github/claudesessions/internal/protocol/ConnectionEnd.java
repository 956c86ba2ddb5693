package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.TruncatedStreamException;
import io.github.claudesessions.spi.Exit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a connection ended; each kind makes the exception that callers get from then on, a new one for each. */
public sealed interface ConnectionEnd {
    /** In a few words, for health and logs. */
    String reason();

    ClaudeException toException();

    /** Whoever had it does not want it any more. */
    ConnectionEnd CLOSED = new Closed("the session is closed");

    /** This side closed it. */
    record Closed(String reason) implements ConnectionEnd {
        @Override
        public ClaudeException toException() {
            return new SessionClosedException(reason, null);
        }
    }

    /** The process ended by itself. */
    record Exited(Exit exit, long pid, long pendingBytes, String stderrTail) implements ConnectionEnd {
        @Override
        public String reason() {
            return "the CLI process " + pid + " ended with " + exit;
        }

        @Override
        public ClaudeException toException() {
            return pendingBytes == 0
                    ? new ProcessExitedException(reason(), exit.code(), pid, stderrTail, null)
                    : new TruncatedStreamException(
                            reason() + " in the middle of a line of output", pendingBytes, exit.code(), stderrTail);
        }

        /** Leaves the tail out: it can contain prompts. */
        @Override
        public String toString() {
            return reason();
        }
    }

    /** This side gave up on it. */
    record Failed(String reason, Function<String, ClaudeException> exception) implements ConnectionEnd {
        @Override
        public ClaudeException toException() {
            return exception.apply(reason);
        }
    }

    /** What kind of end it was, without details. */
    static String inAWord(@Nullable ConnectionEnd end) {
        return switch (end == null ? CLOSED : end) {
            case Closed closed -> "closed";
            case Exited exited -> "exit " + exited.exit().code();
            case Failed failed -> "failed";
        };
    }

    /** The exception that callers get after {@code end}, or before there is one. */
    static ClaudeException exceptionFor(@Nullable ConnectionEnd end) {
        return (end == null ? CLOSED : end).toException();
    }
}
