package io.github.claudesessions.internal.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.testing.FakeClaude;
import io.github.claudesessions.testing.FakeTurn;
import io.github.claudesessions.tool.MountedServer;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The messages of MCP, asked by a scripted CLI. */
@Timeout(30)
class McpEndpointTest {
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

    /** Answers with its own idea of an id, and fails at what it does not know. */
    private static final class Plain implements MountedServer {
        private final AtomicInteger connected = new AtomicInteger();
        private final CountDownLatch closed = new CountDownLatch(2);
        private final List<Object> noticed = new CopyOnWriteArrayList<>();

        @Override
        public Connection connect(Client client) {
            connected.incrementAndGet();
            return new Connection() {
                @Override
                public void receive(Map<String, Object> message) {
                    if (!message.containsKey("method") || !message.containsKey("id")) {
                        noticed.add(message);
                        return;
                    }
                    Map<String, ?> result = switch ((String) message.get("method")) {
                        case "initialize" -> Map.of("serverInfo", Map.of("name", "plain"));
                        case "tools/list" ->
                            Map.of(
                                    "tools",
                                    List.of(
                                            Map.of("name", "shown"),
                                            Map.of("name", "hidden", "_meta", Map.of("anthropic/alwaysLoad", false))));
                        default -> throw new IllegalStateException("not known");
                    };
                    client.send(Map.of("jsonrpc", "2.0", "id", "nobody's", "result", result));
                    client.send(Map.of("jsonrpc", "2.0", "id", message.get("id").toString(), "result", result));
                }

                @Override
                public void close() {
                    closed.countDown();
                }
            };
        }
    }

    @Test
    void aMountedServerIsAsked() throws Exception {
        Plain plain = new Plain();
        FakeClaude fake = FakeClaude.create().turn(turn -> {
            assertThat(ask(turn, "m", "tools/list", Map.of())).contains("code=-32603", "IllegalStateException");
            assertThat(ask(turn, "m", "initialize", Map.of())).contains("name=plain", "id=5");
            assertThat(ask(turn, "m", "initialize", Map.of())).contains("name=plain");
            assertThat(ask(turn, "m", "tools/list", Map.of()))
                    .contains("name=shown, _meta={anthropic/alwaysLoad=true}")
                    .contains("anthropic/alwaysLoad=false");
            assertThat(ask(turn, "m", "other", Map.of())).contains("code=-32603", "IllegalStateException");
            turn.ask("mcp_message", Map.of("server_name", "m", "message", Map.of("id", "mine", "result", Map.of())));
            turn.ask("mcp_message", Map.of("server_name", "m", "message", Map.of("method", "notifications/x")));
            turn.text("done");
        });
        ClaudeOptions options = ClaudeOptions.builder()
                .transport(fake)
                .mountedServer("m", plain)
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("go").text()).isEqualTo("done");
        }
        assertThat(fake.received().getFirst().toString()).contains("sdkMcpServers=[m]", "timeout=630000");
        assertThat(plain.noticed)
                .containsExactly(Map.of("id", "mine", "result", Map.of()), Map.of("method", "notifications/x"));
        assertThat(plain.connected).hasValue(2);
        assertThat(plain.closed.await(20, TimeUnit.SECONDS)).isTrue();
    }

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
