package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.error.ReentrantTurnException;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.ToolResultBlock;
import io.github.claudesessions.message.UserMessage;
import io.github.claudesessions.schema.Description;
import io.github.claudesessions.testing.Reply;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolAnnotations;
import io.github.claudesessions.tool.ToolContent;
import io.github.claudesessions.tool.ToolContext;
import io.github.claudesessions.tool.ToolHandler;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tools of this JVM, called by the real CLI. */
@Timeout(60)
class ToolTest extends OnRealCli {
    /** One pixel. */
    private static final byte[] PNG = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    // @start region="tool"
    record Add(
            @Description("The first number") int a,
            @Description("The second number") int b) {}

    static final ToolServer CALCULATOR = ToolServer.of(
            "calc", Tool.of("add", "Adds two numbers", Add.class, in -> ToolResult.text("" + (in.a() + in.b()))));

    static ClaudeOptions withCalculator() {
        return ClaudeOptions.builder()
                .toolServer(CALCULATOR)
                .allowedTool("mcp__calc__add")
                .build();
    }
    // @end

    record Which(String which) {}

    record Tenant(String name) {}

    private ClaudeOptions.Builder options(ToolServer... servers) {
        return ClaudeOptions.builder()
                .env(api.environment())
                .toolServers(servers)
                .allowedTools(Stream.of(servers)
                        .map(server -> "mcp__" + server.name())
                        .toList());
    }

    private static Tool tool(String name, ToolHandler<Which> handler) {
        return Tool.of(name, "A tool", Which.class, handler)
                .annotations(ToolAnnotations.none().readOnlyHint(true));
    }

    private static Reply call(String tool, String which) {
        return Reply.toolUse("mcp__t__" + tool, Map.of("which", which));
    }

    /** The last request's last message, which has the results of the tools. */
    private String seenByModel() {
        return api.lastRequest().messages().getLast().toString();
    }

    @Test
    void aToolIsOfferedInTheFirstTurnAndCalled() {
        api.reply(Reply.toolUse("mcp__calc__add", Map.of("a", 20, "b", 22)), Reply.text("42"));
        ClaudeOptions options =
                withCalculator().toBuilder().env(api.environment()).build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("add").text()).isEqualTo("42");
            assertThat(api.requests().getFirst().tools()).contains("mcp__calc__add");
            assertThat(api.requests().getFirst().body().toString()).contains("The first number");
            assertThat(seenByModel()).contains("tool_result", "text=42");
            assertThat(session.mcpServers())
                    .anySatisfy(server -> assertThat(server.name()).isEqualTo("calc"))
                    .allMatch(server -> server.connected());
        }
    }

    @Test
    void kindsOfResults() {
        String large = "x".repeat(200_000);
        Tool results = tool("results", (in, context) -> switch (in.which()) {
            case "image" -> ToolResult.image(PNG, "image/png");
            case "error" -> ToolResult.error("no such thing");
            case "structured" -> ToolResult.structured(new Which("deep"));
            case "link" -> ToolResult.resourceLink("https://example.com/x", "the link");
            case "resource" -> ToolResult.resource("mem://1", "text/plain", "the resource");
            case "several" -> ToolResult.text("one").and(ToolResult.of(new ToolContent.Text("two")));
            case "large" -> ToolResult.text(large);
            default -> throw new IllegalStateException("broken " + in.which());
        });
        ToolServer server = ToolServer.of("t", results.maxResultChars(500_000));
        try (ClaudeSession session = ClaudeSession.open(options(server).build())) {
            assertThat(result(session, "image")).contains("type=image", "media_type=image/png");
            assertThat(result(session, "error")).contains("no such thing", "is_error=true");
            assertThat(result(session, "structured")).contains("{\"which\":\"deep\"}");
            assertThat(result(session, "link")).contains("https://example.com/x", "the link");
            assertThat(result(session, "resource")).contains("the resource");
            assertThat(result(session, "several")).contains("text=one", "text=two");
            assertThat(result(session, "large")).contains(large);
            assertThat(result(session, "else"))
                    .contains("is_error=true", "failed: IllegalStateException: broken else")
                    .doesNotContain("ToolTest.java");
        }
    }

    private String result(ClaudeSession session, String which) {
        api.reply(call("results", which), Reply.text("done"));
        assertThat(session.query(which).text()).isEqualTo("done");
        return seenByModel();
    }

    @Test
    void inputThatDoesNotFitIsRefusedBeforeTheHandler() {
        CompletableFuture<String> ran = new CompletableFuture<>();
        Tool tool = tool("strict", (in, context) -> {
            ran.complete(in.which());
            return ToolResult.text("ran");
        });
        api.reply(Reply.toolUse("mcp__t__strict", Map.of("which", 7)), Reply.text("done"));
        try (ClaudeSession session =
                ClaudeSession.open(options(ToolServer.of("t", tool)).build())) {
            session.query("go");
            assertThat(seenByModel())
                    .contains("is_error=true", "invalid input for strict: $.which must be of type string, was 7");
            assertThat(ran).isNotDone();
        }
    }

    @Test
    void aSlowToolDoesNotHoldUpAFastOne() {
        CountDownLatch fastRan = new CountDownLatch(1);
        Tool both = tool("both", (in, context) -> {
            if (in.which().equals("fast")) {
                fastRan.countDown();
                return ToolResult.text("fast");
            }
            return ToolResult.text(fastRan.await(20, TimeUnit.SECONDS) ? "slow after fast" : "slow alone");
        });
        api.reply(call("both", "slow").then(call("both", "fast")), Reply.text("done"));
        try (ClaudeSession session =
                ClaudeSession.open(options(ToolServer.of("t", both)).build())) {
            session.query("go");
            assertThat(seenByModel()).contains("slow after fast", "text=fast");
        }
    }

    @Test
    void aToolThatNeverReturnsHasALimit() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        Tool stuck = tool("stuck", (in, context) -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return ToolResult.text("never");
        });
        ToolServer server = ToolServer.of("t", stuck.timeLimit(Duration.ofMillis(300)));
        api.reply(call("stuck", ""), Reply.text("done"));
        try (ClaudeSession session = ClaudeSession.open(options(server).build())) {
            assertThat(session.query("go").text()).isEqualTo("done");
            assertThat(seenByModel()).contains("did not finish within PT0.3S", "is_error=true");
            assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void anInterruptReachesTheTool() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Tool waiting = tool("waiting", (in, context) -> {
            running.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return ToolResult.text("never");
        });
        api.reply(call("waiting", ""), Reply.text("next"));
        try (ClaudeSession session =
                ClaudeSession.open(options(ToolServer.of("t", waiting)).build())) {
            CompletableFuture<ResultMessage> turn = async(() -> session.stream("go")
                    .reduce((first, last) -> last)
                    .map(ResultMessage.class::cast)
                    .orElseThrow());
            assertThat(running.await(20, TimeUnit.SECONDS)).isTrue();
            session.interrupt();
            assertThat(turn.get(20, TimeUnit.SECONDS).isError()).isTrue();
            assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(session.query("again").text()).isEqualTo("next");
        }
    }

    @Test
    void aToolKnowsItsCallAndCanControlButNotAskItsSession() {
        AtomicReference<ClaudeSession> own = new AtomicReference<>();
        AtomicReference<String> seen = new AtomicReference<>("");
        Tool curious = tool("curious", (in, context) -> {
            context.progress(1, 2, "half");
            seen.set(context.toolUseId().orElse("none") + " "
                    + context.sessionId().orElse("none") + " " + context.session(Tenant.class) + " "
                    + own.get().mcpServers().size());
            return ToolResult.text(reentrant(own.get(), context));
        });
        api.reply(call("curious", ""), Reply.text("done"));
        ClaudeOptions options = options(ToolServer.of("t", curious), CALCULATOR)
                .toolContext(new Tenant("seven"))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            own.set(session);
            List<Message> messages = session.stream("go").toList();
            assertThat(seen.get())
                    .startsWith("toolu_")
                    .contains(session.sessionId().orElseThrow())
                    .endsWith("Tenant[name=seven] 2");
            assertThat(messages)
                    .filteredOn(UserMessage.class::isInstance)
                    .flatExtracting(message -> ((UserMessage) message).content())
                    .hasAtLeastOneElementOfType(ToolResultBlock.class);
            assertThat(seenByModel()).contains("refused curious");
            assertThat(api.requests().getFirst().tools()).contains("mcp__t__curious", "mcp__calc__add");
        }
    }

    private static String reentrant(ClaudeSession session, ToolContext context) {
        try {
            session.query("me");
            return "asked";
        } catch (ReentrantTurnException e) {
            return "refused " + context.toolName();
        }
    }

    @Test
    void setMcpServersKeepsTheToolsOfThisJvm() {
        api.reply(Reply.toolUse("mcp__calc__add", Map.of("a", 1, "b", 2)), Reply.text("done"));
        try (ClaudeSession session = ClaudeSession.open(options(CALCULATOR).build())) {
            session.setMcpServers(Map.of());
            session.toggleMcpServer("calc", false);
            session.toggleMcpServer("calc", true);
            session.query("go");
            assertThat(seenByModel()).contains("text=3");
            assertThat(api.requests().getFirst().tools()).contains("mcp__calc__add");
        }
    }
}
