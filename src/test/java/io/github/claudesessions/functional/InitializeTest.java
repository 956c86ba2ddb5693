package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.control.AccountInfo;
import io.github.claudesessions.dialog.UserDialogReply;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.PreToolUseOutput;
import io.github.claudesessions.internal.process.CliTransport;
import io.github.claudesessions.message.BackgroundTasksChanged;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.spi.Launch;
import io.github.claudesessions.spi.Transport;
import io.github.claudesessions.testing.Reply;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the answer to {@code initialize} tells, also when the CLI has been told before, and calls past the model. */
@Timeout(60)
class InitializeTest extends OnRealCli {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    record Name(String name) {}

    /** What makes the CLI ask for one is armed by the vendor's server, so that none comes here. */
    @Test
    void aSessionThatCanShowDialogsOpens() {
        api.reply(Reply.text("hello"));
        ClaudeOptions options = builder()
                .userDialogHandler(request -> UserDialogReply.cancelled())
                .supportedDialogKinds("refusal_fallback_prompt")
                .build();
        assertThat(Claude.query("hi", options).text()).isEqualTo("hello");
    }

    @Test
    void theAccountAndCallsOfMcpToolsPastTheModel() {
        ToolServer own = ToolServer.of("own", Tool.of("greet", "Greets", Name.class, in -> ToolResult.text("hello")));
        try (ClaudeSession session = ClaudeSession.open(builder()
                .mcpServer("echo", EchoMcpServer.stdio(EchoMcpServer.command()).env("ECHO", "here"))
                .toolServer(own)
                .awaitMcpReady(SOON)
                .build())) {
            AccountInfo account = session.serverInfo().account();
            assertThat(account.apiKeySource()).isEqualTo("ANTHROPIC_API_KEY");
            assertThat(account.apiProvider()).isEqualTo("firstParty");
            assertThat(account.tokenSource()).isEqualTo("none");
            assertThat(account.email()).isNull();

            assertThat(session.control("mcp_call", Map.of("tool", "mcp__echo__say", "arguments", Map.of())))
                    .containsEntry("content", List.of(Map.of("type", "text", "text", "ECHO is here")));
            assertThat(refusal(session, Map.of("tool", "mcp__echo__say", "check_permissions", true)))
                    .contains("haven't granted it");
            assertThat(refusal(session, Map.of("tool", "mcp__own__greet")))
                    .contains("does not support SDK MCP servers");
            assertThat(refusal(session, Map.of("tool", "say"))).contains("Not a fully-qualified MCP tool name");
            assertThat(session.control(
                            "mcp_message",
                            Map.of(
                                    "server_name",
                                    "own",
                                    "message",
                                    Map.of("jsonrpc", "2.0", "method", "notifications/tools/list_changed"))))
                    .isEmpty();
        }
        assertThat(api.requests()).isEmpty();
    }

    private static String refusal(ClaudeSession session, Map<String, Object> call) {
        return catchThrowableOfType(ControlException.class, () -> session.control("mcp_call", call))
                .error();
    }

    @Test
    @Tag("unix")
    void askedAgainItNamesWhatIsOpenAndNothingHappensTwice() throws Exception {
        api.reply(bash("touch made"), Reply.text("done"), bash("true"), Reply.text("still here"));
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch decide = new CountDownLatch(1);
        List<String> calls = new CopyOnWriteArrayList<>();
        List<Message> heard = new CopyOnWriteArrayList<>();
        try (ClaudeSession session = ClaudeSession.open(builder()
                .hooks(Hooks.builder()
                        .preToolUse(input -> {
                            calls.add("hook");
                            return PreToolUseOutput.proceed();
                        })
                        .build())
                .permissionHandler(request -> {
                    calls.add("permission");
                    asked.countDown();
                    decide.await();
                    return PermissionDecision.allow();
                })
                .build())) {
            session.onMessage(heard::add);
            CompletableFuture<ResultMessage> turn = CompletableFuture.supplyAsync(() -> session.query("go"));
            await(asked);
            assertThat(session.control("initialize", Map.of("systemPrompt", List.of("another"))))
                    .containsEntry("session_state", "requires_action")
                    .containsKeys("commands", "models", "account");
            Eventually.within(
                    SOON, heard::toString, () -> heard.stream().anyMatch(BackgroundTasksChanged.class::isInstance));
            decide.countDown();
            assertThat(turn.get(20, TimeUnit.SECONDS).text()).isEqualTo("done");
            assertThat(session.query("and now?").text()).isEqualTo("still here");
        }
        assertThat(cwd.resolve("made")).exists();
        assertThat(calls)
                .startsWith("hook", "permission", "hook")
                .filteredOn("hook"::equals)
                .hasSize(2);
        assertThat(api.lastRequest().system()).doesNotContain("another");
    }

    /** As when the host that started a CLI is gone, and a transport connects another one to it. */
    @Test
    @Tag("unix")
    void aSessionIsAskedWhatItsCliHasAskedBefore() {
        api.reply(bash("touch made"), Reply.text("done"));
        CountDownLatch asked = new CountDownLatch(1);
        List<Message> heard = new CopyOnWriteArrayList<>();
        try (ClaudeSession session = ClaudeSession.open(builder()
                .peerMessaging(true) // without it the second host would want settings in force
                .transport(InitializeTest::startedByAnother)
                .permissionHandler(request -> {
                    asked.countDown();
                    return PermissionDecision.allow();
                })
                .build())) {
            session.onMessage(heard::add);
            await(asked);
            Eventually.within(SOON, heard::toString, () -> heard.stream().anyMatch(ResultMessage.class::isInstance));
        }
        assertThat(cwd.resolve("made")).exists();
    }

    private static Transport startedByAnother(Launch launch) {
        Transport transport = CliTransport.start(ClaudeCli.managed().resolve(), launch, null);
        try {
            write(
                    transport,
                    Map.of(
                            "type",
                            "control_request",
                            "request_id",
                            "other_1",
                            "request",
                            Map.of("subtype", "initialize", "systemPrompt", List.of(""))));
            awaitLine(transport, "control_response");
            write(transport, Map.of("type", "user", "message", Map.of("role", "user", "content", "go")));
            while (!awaitLine(transport, "control_request")
                    .path("request")
                    .path("subtype")
                    .asText()
                    .equals("can_use_tool")) {
                // another request
            }
            return transport;
        } catch (IOException e) {
            transport.kill();
            transport.release();
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Transport transport, Map<String, ?> line) throws IOException {
        transport.stdin().write((MAPPER.writeValueAsString(line) + "\n").getBytes(StandardCharsets.UTF_8));
        transport.stdin().flush();
    }

    private static JsonNode awaitLine(Transport transport, String type) throws IOException {
        while (true) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = transport.stdout().read();
                    next != '\n';
                    next = transport.stdout().read()) {
                if (next < 0) {
                    throw new IOException("the CLI ended: " + transport.stderrTail());
                }
                line.write(next);
            }
            JsonNode parsed = MAPPER.readTree(line.toByteArray());
            if (parsed.path("type").asText().equals(type)) {
                return parsed;
            }
        }
    }
}
