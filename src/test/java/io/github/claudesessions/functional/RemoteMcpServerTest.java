package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.McpServer;
import io.github.claudesessions.McpServerStatus;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.testing.Reply;
import io.github.claudesessions.tool.ToolPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP servers at URLs, with the real CLI. */
@Timeout(120)
class RemoteMcpServerTest extends OnRealCli {
    private static final String KEY = "key-of-the-remote-server";

    private static McpServer server(String kind, HttpMcpServer remote) {
        return kind.equals("sse")
                ? McpServer.sse(remote.url(kind)).header("X-Key", KEY).alwaysLoad(true)
                : McpServer.http(remote.url(kind)).header("X-Key", KEY).alwaysLoad(true);
    }

    private ClaudeOptions.Builder options(String kind, HttpMcpServer remote) {
        return builder()
                .strictMcpConfig(true)
                .mcpServer("remote", server(kind, remote))
                .allowedTool("mcp__remote");
    }

    private String seenByModel() {
        return api.lastRequest().messages().getLast().toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "sse"})
    void aServerAtAUrlIsCalledWithItsHeaders(String kind) {
        api.reply(Reply.toolUse("mcp__remote__say", Map.of()), Reply.text("done"));
        try (HttpMcpServer remote = new HttpMcpServer();
                ClaudeSession session = open(kind, remote)) {
            McpServerStatus status = session.mcpServers().getFirst();
            assertThat(status.connected()).isTrue();
            assertThat(status.serverVersion()).isEqualTo("7");
            assertThat(status.tools()).containsExactly("say");
            session.query("go");
            assertThat(api.requests().getFirst().tools()).contains("mcp__remote__say");
            assertThat(seenByModel()).contains("ECHO is at a URL").doesNotContain("is_error=true");
            assertThat(remote.methods).contains("initialize", "tools/list", "tools/call");
            assertThat(remote.keys).hasSizeGreaterThan(3).containsOnly(KEY);
            assertThat(Processes.commandLine(session.pid())).doesNotContain(KEY);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "sse"})
    void aServerThatRefusesOnceIsTriedAgain(String kind) {
        api.reply(Reply.text("one"), Reply.text("two"));
        try (HttpMcpServer remote = new HttpMcpServer()) {
            remote.refusals.set(1);
            try (ClaudeSession session = open(kind, remote)) {
                session.query("one");
                Eventually.within(
                        Duration.ofSeconds(40),
                        () -> session.mcpServers().toString(),
                        () -> session.mcpServers().getFirst().connected());
                session.query("two");
                assertThat(api.lastRequest().tools()).contains("mcp__remote__say");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "sse"})
    void aPolicyGoesBeforeTheRules(String kind) {
        try (HttpMcpServer remote = new HttpMcpServer()) {
            assertThat(called(kind, remote, ToolPolicy.ALWAYS_DENY)).contains("is_error=true");
            assertThat(api.lastRequest().tools()).doesNotContain("mcp__remote__say");
            assertThat(remote.methods).doesNotContain("tools/call");
            assertThat(called(kind, remote, ToolPolicy.ALWAYS_ASK)).contains("asked for mcp__remote__say");
            assertThat(api.lastRequest().tools()).contains("mcp__remote__say");
            assertThat(remote.methods).doesNotContain("tools/call");
        }
    }

    /** What the model is told of a call that a rule allows and the permission handler denies. */
    private String called(String kind, HttpMcpServer remote, ToolPolicy policy) {
        api.reply(Reply.toolUse("mcp__remote__say", Map.of()), Reply.text("done"));
        McpServer server = server(kind, remote) instanceof McpServer.Http http
                ? http.toolPolicy("say", policy)
                : ((McpServer.Sse) server(kind, remote)).toolPolicy("say", policy);
        ClaudeOptions options = options(kind, remote)
                .mcpServer("remote", server)
                .permissionHandler(request -> PermissionDecision.deny("asked for " + request.toolName()))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.setMcpServers(Map.of()).removed()).isEmpty();
            assertThat(session.query("go").text()).isEqualTo("done");
        }
        return seenByModel();
    }

    @Test
    void aCallHasTheTimeLimitOfItsServer() {
        api.reply(Reply.toolUse("mcp__remote__say", Map.of()), Reply.text("done"));
        try (HttpMcpServer remote = new HttpMcpServer()) {
            CountDownLatch never = new CountDownLatch(1);
            remote.answers = never;
            ClaudeOptions options = options("http", remote)
                    .mcpServer("remote", server("http", remote).timeout(McpServer.SHORTEST_TIMEOUT))
                    .awaitMcpReady(Duration.ofSeconds(40))
                    .build();
            try (ClaudeSession session = ClaudeSession.open(options)) {
                assertThat(session.query("go").text()).isEqualTo("done");
                assertThat(seenByModel()).contains("is_error=true", "timed out");
                assertThat(remote.methods).contains("tools/call");
            } finally {
                never.countDown();
            }
        }
    }

    @Test
    void theHostCallsAToolWithoutTheModel() {
        try (HttpMcpServer remote = new HttpMcpServer();
                ClaudeSession session = open("http", remote)) {
            Map<String, Object> result =
                    session.control("mcp_call", Map.of("tool", "mcp__remote__say", "arguments", Map.of()));
            assertThat(String.valueOf(result.get("content"))).contains("ECHO is at a URL");
            assertThat(api.requests()).isEmpty();
        }
    }

    private ClaudeSession open(String kind, HttpMcpServer remote) {
        return ClaudeSession.open(
                options(kind, remote).awaitMcpReady(Duration.ofSeconds(40)).build());
    }
}
