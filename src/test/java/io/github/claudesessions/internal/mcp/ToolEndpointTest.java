package io.github.claudesessions.internal.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.testing.FakeClaude;
import io.github.claudesessions.testing.FakeTurn;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The messages of MCP, asked by a scripted CLI. */
@Timeout(30)
class ToolEndpointTest {
    record Empty() {}

    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final ToolServer server = ToolServer.of(
                    "s",
                    Tool.of("ok", "Ok", Empty.class, in -> ToolResult.text("ok")),
                    Tool.of("bad", "Null", Empty.class, (in, context) -> {
                        context.progress(1, -1, "working");
                        throw new StackOverflowError();
                    }),
                    Tool.of("wait", "Waits", Empty.class, in -> {
                        started.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } catch (InterruptedException e) {
                            interrupted.countDown();
                        }
                        return ToolResult.text("late");
                    }))
            .instructions("be gentle");

    private static String ask(FakeTurn turn, String server, String method, Map<String, ?> params) throws Exception {
        return turn.ask(
                        "mcp_message",
                        Map.of(
                                "server_name",
                                server,
                                "message",
                                Map.of("jsonrpc", "2.0", "id", 5, "method", method, "params", params)))
                .toString();
    }

    private void run(FakeClaude.Script script) {
        FakeClaude fake = FakeClaude.create().turn(script);
        ClaudeOptions options =
                ClaudeOptions.builder().transport(fake).toolServer(server).build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("go").text()).isEqualTo("done");
        }
        assertThat(fake.received().getFirst().toString()).contains("sdkMcpServers=[s]", "timeout=630000");
    }

    @Test
    void everyMethodIsAnswered() {
        run(turn -> {
            assertThat(ask(turn, "s", "initialize", Map.of("protocolVersion", "2025-06-18")))
                    .contains("protocolVersion=2025-06-18", "instructions=be gentle", "id=5");
            assertThat(ask(turn, "s", "initialize", Map.of("protocolVersion", "1999-01-01")))
                    .contains("protocolVersion=2025-11-25");
            assertThat(ask(turn, "s", "ping", Map.of())).contains("result={}");
            assertThat(ask(turn, "s", "tools/list", Map.of()))
                    .contains("name=ok", "anthropic/alwaysLoad=true")
                    .doesNotContain("annotations");
            assertThat(ask(turn, "s", "resources/list", Map.of())).contains("code=-32601");
            assertThat(ask(turn, "other", "ping", Map.of())).contains("code=-32601");
            assertThat(ask(turn, "s", "tools/call", Map.of("name", "none"))).contains("code=-32602");
            assertThat(ask(turn, "s", "tools/call", Map.of("name", "ok"))).contains("text=ok");
            assertThat(ask(turn, "s", "tools/call", Map.of("name", "ok", "arguments", 3)))
                    .contains("code=-32602");
            assertThat(ask(turn, "s", "tools/call", Map.of("name", "ok", "arguments", Map.of("x", 1))))
                    .contains("$.x must be absent");
            assertThat(ask(turn, "s", "tools/call", Map.of("name", "bad")))
                    .contains("isError=true", "StackOverflowError");
            assertThat(turn.ask(
                                    "mcp_message",
                                    Map.of(
                                            "server_name",
                                            "s",
                                            "message",
                                            Map.of("method", "notifications/initialized")))
                            .toString())
                    .contains("result={}");
            turn.text("done");
        });
    }

    @Test
    void aCancelledCallIsInterrupted() {
        run(turn -> {
            Thread canceller = Thread.startVirtualThread(() -> {
                try {
                    started.await();
                    turn.ask(
                            "mcp_message",
                            Map.of(
                                    "server_name",
                                    "s",
                                    "message",
                                    Map.of("method", "notifications/cancelled", "params", Map.of("requestId", 5))));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(ask(turn, "s", "tools/call", Map.of("name", "wait"))).contains("cancelled");
            canceller.join();
            assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
            turn.text("done");
        });
    }
}
