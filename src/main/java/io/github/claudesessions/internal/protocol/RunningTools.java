package io.github.claudesessions.internal.protocol;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.error.StallSnapshot.RunningTool;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.SessionState;
import io.github.claudesessions.message.SessionStateChanged;
import io.github.claudesessions.message.TaskNotification;
import io.github.claudesessions.message.ToolResultBlock;
import io.github.claudesessions.message.ToolUseBlock;
import io.github.claudesessions.message.UserMessage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls that have no result yet. The pump notes, any thread asks. A subagent that the main agent waits for is
 * such a call: of what its model writes nothing is to be seen until it is done. What runs in the background has its result
 * at once and is no call any more, and those that a subagent in the background makes hold up nobody.
 */
final class RunningTools {
    private record Call(String id, String name, @Nullable String parent, long since) {}

    @GuardedBy("this")
    private final Map<String, Call> calls = new LinkedHashMap<>();

    /** Pump. */
    void note(Message message, long now) {
        switch (message) {
            case AssistantMessage answer -> {
                for (ToolUseBlock use : answer.toolUses()) {
                    begin(new Call(use.id(), use.name(), answer.parentToolUseId(), now));
                }
            }
            case UserMessage user -> {
                for (ToolResultBlock result : user.toolResults()) {
                    end(result.toolUseId());
                }
            }
            case TaskNotification task -> {
                if (task.toolUseId() != null) {
                    endOf(task.toolUseId());
                }
            }
            case ResultMessage result -> endOf(null);
            case SessionStateChanged change -> {
                if (change.state().equals(SessionState.IDLE)) {
                    clear();
                }
            }
            default -> {}
        }
    }

    private synchronized void begin(Call call) {
        calls.put(call.id(), call);
    }

    private synchronized void end(String id) {
        calls.remove(id);
    }

    /** An interrupted agent leaves calls without a result; {@code parent} is null for the main agent. */
    private synchronized void endOf(@Nullable String parent) {
        calls.values().removeIf(call -> Objects.equals(call.parent(), parent));
    }

    private synchronized void clear() {
        calls.clear();
    }

    /** Whether the main agent waits for a tool. */
    synchronized boolean anyOfMainAgent() {
        return calls.values().stream().anyMatch(call -> call.parent() == null);
    }

    synchronized List<RunningTool> all(long now) {
        return calls.values().stream()
                .map(call ->
                        new RunningTool(call.id(), call.name(), call.parent(), Duration.ofNanos(now - call.since())))
                .toList();
    }
}
