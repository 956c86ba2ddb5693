package io.github.claudesessions.internal.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.ManualTimer;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolResult;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RunningCallsTest {
    record Empty() {}

    private static final class Host implements ToolEndpoint.Host {
        @Override
        public Optional<String> sessionId() {
            return Optional.empty();
        }

        @Override
        public @Nullable Object context() {
            return null;
        }

        @Override
        public void send(String server, ObjectNode message) {}

        @Override
        public Runnable callback(Runnable task) {
            return task;
        }

        @Override
        public Timer timer() {
            return new ManualTimer();
        }
    }

    @Test
    void theLatestCancellationsAreRemembered() throws InterruptedException {
        RunningCalls calls = new RunningCalls();
        for (int id = 0; id <= RunningCalls.REMEMBERED; id++) {
            calls.cancel(IntNode.valueOf(id));
        }
        Tool tool = Tool.of("wait", "Waits", Empty.class, in -> {
            new CountDownLatch(1).await();
            return ToolResult.text("late");
        });
        ToolCall call = new ToolCall(tool, "s", Json.object(), new Host());
        calls.add(IntNode.valueOf(RunningCalls.REMEMBERED), call);
        assertThat(call.run(Map.of())).isEqualTo(ToolResult.error("cancelled"));
    }
}
