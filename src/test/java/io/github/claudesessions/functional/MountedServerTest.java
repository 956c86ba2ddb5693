package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.McpServerStatus;
import io.github.claudesessions.error.ReentrantTurnException;
import io.github.claudesessions.mcp.ClaudeTransportProvider;
import io.github.claudesessions.message.McpServerState;
import io.github.claudesessions.testing.Reply;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers of the official MCP SDK in this JVM, called by the real CLI. */
@Timeout(90)
class MountedServerTest extends OnRealCli {
    private static final Map<String, Object> CITY = Map.of(
            "type", "object", "properties", Map.of("city", Map.of("type", "string")), "required", List.of("city"));

    private interface Handler extends BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> {}

    // @start region="mounted"
    static ClaudeOptions withWeather() {
        ClaudeTransportProvider weather = new ClaudeTransportProvider();
        Tool forecast =
                Tool.builder("forecast", CITY).description("Tells the weather").build();
        McpServer.sync(weather)
                .immediateExecution(true)
                .toolCall(
                        forecast,
                        (exchange, call) -> CallToolResult.builder()
                                .addTextContent("sunny in " + call.arguments().get("city"))
                                .build())
                .build();
        return ClaudeOptions.builder()
                .mountedServer("weather", weather)
                .allowedTool("mcp__weather__forecast")
                .build();
    }
    // @end

    private static CallToolResult text(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }

    private static Tool tool(String name) {
        return Tool.builder(name, Map.of("type", "object"))
                .description("A tool")
                .build();
    }

    /** A server "m" whose one tool "t" is {@code handler}. */
    private static McpSyncServer build(ClaudeTransportProvider provider, Handler handler) {
        return McpServer.sync(provider)
                .serverInfo("mine", "3")
                .immediateExecution(true)
                .capabilities(ServerCapabilities.builder().tools(true).build())
                .toolCall(tool("t"), handler)
                .build();
    }

    private ClaudeOptions options(ClaudeTransportProvider provider) {
        return ClaudeOptions.builder()
                .env(api.environment())
                .mountedServer("m", provider)
                .allowedTool("mcp__m")
                .build();
    }

    private static Reply call() {
        return Reply.toolUse("mcp__m__t", Map.of());
    }

    private String seenByModel() {
        return api.lastRequest().messages().getLast().toString();
    }

    @Test
    void itsToolsAreOfferedInTheFirstTurnAndCalled() {
        api.reply(Reply.toolUse("mcp__weather__forecast", Map.of("city", "Oslo")), Reply.text("42"));
        ClaudeOptions options = withWeather().toBuilder().env(api.environment()).build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("go").text()).isEqualTo("42");
            assertThat(api.requests().getFirst().tools()).contains("mcp__weather__forecast");
            assertThat(api.requests().getFirst().body().toString()).contains("Tells the weather");
            assertThat(seenByModel()).contains("tool_result", "sunny in Oslo");
        }
    }

    @Test
    void failuresAreToldToTheModel() {
        ClaudeTransportProvider provider = new ClaudeTransportProvider();
        build(provider, (exchange, call) -> {
            if ("throw".equals(call.arguments().get("how"))) {
                throw new IllegalStateException("broken");
            }
            return CallToolResult.builder()
                    .addTextContent("no such thing")
                    .isError(true)
                    .build();
        });
        try (ClaudeSession session = ClaudeSession.open(options(provider))) {
            for (String how : List.of("throw", "say")) {
                api.reply(Reply.toolUse("mcp__m__t", Map.of("how", how)), Reply.text("done"));
                session.query("go");
                assertThat(seenByModel()).contains("is_error=true", how.equals("throw") ? "broken" : "no such thing");
            }
            McpServerStatus status = session.mcpServers().getFirst();
            assertThat(status.connected()).isTrue();
            assertThat(status.serverName()).isEqualTo("mine");
            assertThat(status.serverVersion()).isEqualTo("3");
        }
    }

    @Test
    void whatTheServerSaysByItselfReachesTheCli() {
        CompletableFuture<Object> pong = new CompletableFuture<>();
        ClaudeTransportProvider provider = new ClaudeTransportProvider();
        McpSyncServer server = build(provider, (exchange, call) -> {
            exchange.progressNotification(ProgressNotification.builder(call.progressToken(), 0.5)
                    .total(1.0)
                    .message("half")
                    .build());
            exchange.loggingNotification(LoggingMessageNotification.builder(LoggingLevel.INFO, "told")
                    .build());
            pong.complete(exchange.ping());
            return text("pinged");
        });
        api.reply(call(), Reply.text("done"), call(), Reply.text("done"));
        try (ClaudeSession session = ClaudeSession.open(options(provider))) {
            session.query("go");
            assertThat(pong).isDone();
            assertThat(seenByModel()).contains("pinged").doesNotContain("is_error=true");

            server.addTool(SyncToolSpecification.builder()
                    .tool(tool("late"))
                    .callHandler((exchange, call) -> text("late"))
                    .build());
            Eventually.within(
                    Duration.ofSeconds(20),
                    () -> session.mcpServers().toString(),
                    () -> session.mcpServers().getFirst().tools().contains("late"));
            session.query("again");
            assertThat(api.lastRequest().tools()).contains("mcp__m__t", "mcp__m__late");
        }
    }

    @Test
    void anInterruptReachesTheHandler() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        ClaudeTransportProvider provider = new ClaudeTransportProvider();
        build(provider, (exchange, call) -> {
            running.countDown();
            waitForEver(interrupted);
            return text("never");
        });
        api.reply(call(), Reply.text("next"));
        try (ClaudeSession session = ClaudeSession.open(options(provider))) {
            CompletableFuture<Long> turn =
                    CompletableFuture.supplyAsync(() -> session.stream("go").count());
            assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
            session.interrupt();
            assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(turn.get(20, TimeUnit.SECONDS)).isPositive();
            assertThat(session.query("again").text()).isEqualTo("next");
        }
    }

    @Test
    void aCallThatTakesTooLongIsEnded() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        ClaudeTransportProvider provider = new ClaudeTransportProvider(Duration.ofMillis(300));
        build(provider, (exchange, call) -> {
            waitForEver(interrupted);
            return text("never");
        });
        api.reply(call(), Reply.text("done"));
        try (ClaudeSession session = ClaudeSession.open(options(provider))) {
            assertThat(session.query("go").text()).isEqualTo("done");
            assertThat(seenByModel()).contains("did not finish within PT0.3S", "is_error=true");
            assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Waits for ever, and tells that it was interrupted. */
    private static void waitForEver(CountDownLatch interrupted) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aHandlerCanControlButNotAskItsSession() {
        AtomicReference<ClaudeSession> own = new AtomicReference<>();
        ClaudeTransportProvider provider = new ClaudeTransportProvider();
        build(provider, (exchange, call) -> {
            int servers = own.get().mcpServers().size();
            try {
                own.get().query("me");
                return text("asked");
            } catch (ReentrantTurnException e) {
                return text("refused, " + servers + " servers");
            }
        });
        api.reply(call(), Reply.text("done"));
        try (ClaudeSession session = ClaudeSession.open(options(provider))) {
            own.set(session);
            session.query("go");
            assertThat(seenByModel()).contains("refused, 1 servers");
        }
    }

    @Test
    void oneServerServesManySessionsAndOutlivesThem() {
        ClaudeTransportProvider provider = new ClaudeTransportProvider();
        build(provider, (exchange, call) -> text("served"));
        api.reply(call(), Reply.text("done"), call(), Reply.text("done"), call(), Reply.text("done"));
        try (ClaudeSession first = ClaudeSession.open(options(provider))) {
            try (ClaudeSession second = ClaudeSession.open(options(provider))) {
                first.query("one");
                second.query("two");
            }
            first.setMcpServers(Map.of());
            first.toggleMcpServer("m", false);
            assertThat(first.mcpServers().getFirst().state()).isEqualTo(McpServerState.DISABLED);
            first.toggleMcpServer("m", true);
            first.query("three");
            assertThat(seenByModel()).contains("served").doesNotContain("is_error=true");
            assertThat(api.lastRequest().tools()).contains("mcp__m__t");
        }
    }

    @Test
    void aServerThatWasNotBuiltFailsAndNothingElse() {
        api.reply(Reply.text("done"));
        try (ClaudeSession session = ClaudeSession.open(options(new ClaudeTransportProvider()))) {
            assertThat(session.query("go").text()).isEqualTo("done");
            assertThat(session.mcpServers().getFirst().state()).isEqualTo(McpServerState.FAILED);
        }
    }
}
