package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.error.StallSnapshot;
import io.github.claudesessions.error.StallSnapshot.Kind;
import io.github.claudesessions.error.StallSnapshot.LastMessage;
import io.github.claudesessions.error.StallSnapshot.ProcessState;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.process.ProcStatus;
import io.github.claudesessions.message.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts into words and facts how a session is when a limit has run out. */
final class StallReport {
    /** A larger message is not parsed for its type: this runs on the thread of all alarms. */
    private static final int MAX_PARSED_BYTES = 1 << 20;

    private final Connection connection;
    private final Facts facts;
    private final Timer timer;

    StallReport(Connection connection, Facts facts, Timer timer) {
        this.connection = connection;
        this.facts = facts;
        this.timer = timer;
    }

    /** @param since when the silence began at the earliest, by the timer */
    StallSnapshot snapshot(Kind kind, Duration limit, long since) {
        long now = timer.nanoTime();
        LastMessage last = lastMessage(now);
        Duration waited = Duration.ofNanos(now - since);
        return new StallSnapshot(
                kind,
                limit,
                Instant.now(),
                facts.sessionId(),
                last == null || last.age().compareTo(waited) > 0 ? waited : last.age(),
                last,
                facts.tools().all(now),
                process(),
                connection.stderrTail());
    }

    private @Nullable LastMessage lastMessage(long now) {
        Message last = facts.lastMessage();
        if (last == null) {
            return null;
        }
        Duration age = Duration.ofNanos(now - facts.lastArrival());
        if (last.raw().size() > MAX_PARSED_BYTES) {
            return new LastMessage(last.getClass().getSimpleName(), null, age);
        }
        Map<String, Object> fields = last.raw().toMap();
        return new LastMessage(
                fields.get("type") instanceof String type
                        ? type
                        : last.getClass().getSimpleName(),
                fields.get("subtype") instanceof String subtype ? subtype : null,
                age);
    }

    private ProcessState process() {
        long pid = connection.pid();
        return pid < 0 ? new ProcessState(pid, connection.alive(), null, null) : ProcStatus.of(pid);
    }

    /** The beginning of a sentence. */
    static String sentence(Kind kind, Duration limit) {
        String what = switch (kind) {
            case FIRST_BYTE -> "the model did not begin to answer within " + limit;
            case SILENCE -> "no message of the turn came for " + limit;
            case TOOL_SILENCE -> "no message of the turn came for " + limit + " while a tool ran";
            case TURN -> "the turn took longer than " + limit;
            case SESSION -> "the session is older than " + limit;
            case INTERRUPT -> "the CLI did not end an interrupted turn within " + limit;
        };
        return what + " (" + kind.option() + ")";
    }
}
