package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.McpChanges;
import io.github.claudesessions.McpServer;
import io.github.claudesessions.McpServerStatus;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.message.McpServerState;
import io.github.claudesessions.testing.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MCP servers outside this JVM, with the real CLI. */
@Timeout(90)
class McpServerTest extends OnRealCli {
    private ClaudeOptions.Builder options() {
        return ClaudeOptions.builder()
                .env(api.environment())
                .strictMcpConfig(true)
                .awaitMcpReady(Duration.ofSeconds(40));
    }

    private static McpServer.Stdio echo(String value) {
        return EchoMcpServer.stdio(EchoMcpServer.command()).env("ECHO", value);
    }

    private static McpServerStatus find(List<McpServerStatus> servers, String name) {
        return servers.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + servers));
    }

    @Test
    void aProgramIsConnectedAndAFailedOneSaysSo() {
        api.reply(Reply.toolUse("mcp__echo__say", Map.of()), Reply.text("done"));
        ClaudeOptions options = options()
                .mcpServer("echo", echo("secret-echo").alwaysLoad(true))
                .mcpServer("broken", McpServer.stdio("/nonexistent/program"))
                .mcpServer("refused", McpServer.http("http://127.0.0.1:9/mcp").header("Authorization", "secret-header"))
                .allowedTool("mcp__echo")
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            List<McpServerStatus> servers = session.mcpServers();
            McpServerStatus echo = find(servers, "echo");
            assertThat(echo.connected()).isTrue();
            assertThat(echo.serverVersion()).isEqualTo("7");
            assertThat(echo.tools()).containsExactly("say");
            assertThat(find(servers, "broken").state()).isEqualTo(McpServerState.FAILED);
            assertThat(find(servers, "refused").state()).isEqualTo(McpServerState.FAILED);
            assertThat(ProcessHandle.of(session.pid()).orElseThrow().info().toString())
                    .doesNotContain("secret-echo", "secret-header");

            session.query("go");
            assertThat(api.requests().getFirst().tools()).contains("mcp__echo__say");
            assertThat(api.lastRequest().messages().getLast().toString()).contains("ECHO is secret-echo");

            session.toggleMcpServer("echo", false);
            assertThat(find(session.mcpServers(), "echo").state()).isEqualTo(McpServerState.DISABLED);
            session.toggleMcpServer("echo", true);
            assertThat(find(session.awaitMcpReady(Duration.ofSeconds(20)), "echo")
                            .connected())
                    .isTrue();
            session.reconnectMcpServer("echo");
            assertThat(find(session.awaitMcpReady(Duration.ofSeconds(20)), "echo")
                            .connected())
                    .isTrue();
            assertThatThrownBy(() -> session.reconnectMcpServer("unknown")).isInstanceOf(ControlException.class);
        }
    }

    @Test
    void serversAreReplacedWhileTheSessionRuns() {
        api.reply(Reply.toolUse("mcp__late__say", Map.of()), Reply.text("done"));
        ClaudeOptions options = options()
                .mcpServer("first", echo("first"))
                .allowedTool("mcp__late")
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            McpChanges added = session.setMcpServers(
                    Map.of("late", echo("late").alwaysLoad(true), "broken", McpServer.stdio("/nonexistent/program")));
            assertThat(added.added()).contains("late");
            assertThat(added.errors()).containsOnlyKeys("broken");
            assertThat(find(session.awaitMcpReady(Duration.ofSeconds(40)), "late")
                            .connected())
                    .isTrue();
            session.query("go");
            assertThat(api.lastRequest().messages().getLast().toString()).contains("ECHO is late");
            assertThat(session.setMcpServers(Map.of()).removed()).contains("late");
            assertThat(session.awaitMcpReady(Duration.ofSeconds(20)))
                    .extracting(McpServerStatus::name)
                    .containsExactly("first");
        }
    }

    @Test
    @Tag("long")
    void aSlowServerIsThereInTheFirstTurn() {
        api.reply(Reply.toolUse("mcp__echo__say", Map.of()), Reply.text("done"));
        ClaudeOptions options = options()
                .mcpServer("echo", echo("slow").env("SLOW", "3000").alwaysLoad(true))
                .allowedTool("mcp__echo")
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("go");
            assertThat(api.requests().getFirst().tools()).contains("mcp__echo__say");
            assertThat(api.lastRequest().messages().getLast().toString()).contains("ECHO is slow");
        }
    }

    @Test
    void theOpeningWaitsForAServerThatTheCliDoesNotWaitFor() {
        ClaudeOptions.Builder slow = options().mcpServer("echo", echo("slow").env("SLOW", "3000"));
        try (ClaudeSession session = ClaudeSession.open(slow.build())) {
            assertThat(find(session.mcpServers(), "echo").connected()).isTrue();
        }
    }

    @Test
    void withoutWaitingAServerIsPendingUntilItServes() {
        ClaudeOptions options = ClaudeOptions.builder()
                .env(api.environment())
                .strictMcpConfig(true)
                .mcpServer("echo", echo("never").env("SLOW", "600000"))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(find(session.mcpServers(), "echo").state()).isEqualTo(McpServerState.PENDING);
        }
    }

    @Test
    void aProgramThatFailsOnceIsStartedAgain(@TempDir Path folder) {
        api.reply(Reply.text("one"), Reply.text("two"));
        ClaudeOptions options = options()
                .mcpServer(
                        "echo",
                        echo("x")
                                .env("FAIL_ONCE", folder.resolve("failed").toString())
                                .alwaysLoad(true))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("one");
            Eventually.within(
                    Duration.ofSeconds(40),
                    () -> session.mcpServers().toString(),
                    () -> find(session.mcpServers(), "echo").connected());
            session.query("two");
            assertThat(api.lastRequest().tools()).contains("mcp__echo__say");
        }
    }

    /** The server replaces its launcher, is its child, and leaves a launcher behind that nothing asks to end. */
    @ParameterizedTest
    @Tag("unix")
    @ValueSource(
            strings = {
                "exec \"$0\" \"$@\"",
                "\"$0\" \"$@\"; exit $?",
                "trap '' INT TERM HUP; \"$0\" \"$@\"; exec sleep 600 >&- 2>&-"
            })
    void aServerBehindALauncherEndsWithItsSession(String launcher) {
        String[] launched = Stream.concat(Stream.of("-c", launcher), EchoMcpServer.command().stream())
                .toArray(String[]::new);
        ClaudeOptions options = options()
                .mcpServer("echo", McpServer.stdio("sh", launched).env("ECHO", "x"))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(find(session.mcpServers(), "echo").connected()).isTrue();
            assertThat(launchers()).isEqualTo(launcher.startsWith("exec") ? 0 : 1);
            assertThat(Processes.describe(api)).contains(EchoMcpServer.class.getName());
        }
        Eventually.within(
                Duration.ofSeconds(5),
                () -> Processes.describe(api),
                () -> Processes.of(api).isEmpty());
    }

    private long launchers() {
        return Processes.of(api).stream()
                .filter(pid -> Processes.commandLine(pid).startsWith("sh -c "))
                .count();
    }
}
