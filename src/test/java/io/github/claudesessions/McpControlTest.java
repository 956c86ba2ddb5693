package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.SessionStartException;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.message.McpServerState;
import io.github.claudesessions.testing.FakeClaude;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** MCP servers of a scripted CLI. */
@Timeout(30)
class McpControlTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final FakeClaude fake = FakeClaude.create()
            .onControl(
                    "initialize",
                    request -> Map.of(
                            "settings_applied",
                            true,
                            "disallowed_tools_applied",
                            true,
                            "mcp_servers_applied",
                            request.containsKey("mcpServers")));

    private ClaudeOptions options(Duration limit) {
        return ClaudeOptions.builder()
                .transport(fake)
                .toolServer(Options.TOOLS)
                .mcpServer("files", McpServer.stdio("serve").env("KEY", Options.SECRET))
                .awaitMcpReady(limit)
                .build();
    }

    @Test
    void openingWaitsForServers() {
        fake.onControl("mcp_status", request -> {
            String state = asked.incrementAndGet() < 3 ? "pending" : "failed";
            return Map.of("mcpServers", List.of(Map.of("name", "files", "status", state, "error", "broken")));
        });
        try (ClaudeSession session = ClaudeSession.open(options(Duration.ofSeconds(20)))) {
            assertThat(session.mcpServers())
                    .containsExactly(
                            new McpServerStatus("files", McpServerState.FAILED, "broken", null, null, null, List.of()));
            assertThat(asked.get()).isEqualTo(4);
        }
        assertThat(fake.launches().toString()).doesNotContain(Options.SECRET);
        assertThat(fake.received().getFirst().toString()).contains(Options.SECRET, "args=[]");
    }

    @Test
    void openingFailsIfServersStayPending() {
        fake.onControl("mcp_status", request -> Map.of("mcpServers", List.of()));
        assertThatThrownBy(() -> ClaudeSession.open(options(Duration.ofMillis(100))))
                .isInstanceOfSatisfying(
                        TimeLimitException.class, e -> assertThat(e.operation()).isEqualTo("mcp"))
                .hasMessageContaining("[files]");
    }

    @Test
    void serversThatTheCliDoesNotConfirmFailTheOpening() {
        fake.onControl("initialize", request -> Map.of("settings_applied", true, "disallowed_tools_applied", true));
        assertThatThrownBy(() -> ClaudeSession.open(options(Duration.ofSeconds(1))))
                .isInstanceOf(SessionStartException.class)
                .hasMessageContaining("mcp_servers_applied");
    }

    @Test
    void replacingServersSendsTheToolServersAgain() {
        fake.onControl("mcp_status", request -> Map.of("mcpServers", List.of(Map.of("name", "files"))));
        fake.onControl("mcp_set_servers", request -> {
            assertThat(request.toString()).contains("geo={type=sdk, name=geo", "web={type=http");
            return Map.of("added", List.of("web"), "removed", List.of("files"), "errors", Map.of("web", "no"));
        });
        try (ClaudeSession session = ClaudeSession.open(options(Duration.ofSeconds(20)))) {
            assertThat(session.setMcpServers(Map.of("web", McpServer.http("https://example.com/mcp"))))
                    .isEqualTo(new McpChanges(List.of("web"), List.of("files"), Map.of("web", "no")));
            assertThatThrownBy(() -> session.setMcpServers(Map.of("geo", McpServer.stdio("x"))))
                    .hasMessageContaining("\"geo\"");
        }
        assertThatThrownBy(() -> ClaudeOptions.builder()
                        .toolServer(Options.TOOLS)
                        .mcpServer("geo", McpServer.stdio("x"))
                        .build())
                .hasMessageContaining("mountedServers and mcpServers");
        assertThat(McpServer.http("https://example.com/mcp")
                        .header("K", Options.SECRET)
                        .toString())
                .doesNotContain(Options.SECRET);
    }

    @Test
    void anAnswerThatDoesNotComeIsNotWaitedForBeyondTheLimit() {
        fake.onControl("mcp_status", request -> null);
        assertThatThrownBy(() -> ClaudeSession.open(options(Duration.ofMillis(100))))
                .isInstanceOfSatisfying(
                        TimeLimitException.class, e -> assertThat(e.operation()).isEqualTo("mcp"))
                .hasMessageContaining("[files]");
    }

    @Test
    void serversThatWereReplacedAreNotWaitedFor() {
        AtomicReference<String> name = new AtomicReference<>("files");
        fake.onControl(
                "mcp_status",
                request -> Map.of("mcpServers", List.of(Map.of("name", name.get(), "status", "connected"))));
        fake.onControl("mcp_set_servers", request -> {
            name.set("web");
            return Map.of("added", List.of("web"), "removed", List.of("files"), "errors", Map.of("bad", "no"));
        });
        try (ClaudeSession session = ClaudeSession.open(options(Duration.ofSeconds(20)))) {
            McpServer.Http web = McpServer.http("https://example.com/mcp");
            assertThat(session.setMcpServers(Map.of("web", web, "bad", web)).removed())
                    .containsExactly("files");
            assertThat(session.awaitMcpReady(Duration.ofSeconds(20)))
                    .extracting(McpServerStatus::name)
                    .containsExactly("web");
            assertThatThrownBy(() -> session.awaitMcpReady(Duration.ofSeconds(Long.MAX_VALUE)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> session.awaitIdle(Duration.ofSeconds(Long.MAX_VALUE)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void secretsOfServersThatCameLaterAreMaskedToo() {
        fake.onControl("mcp_status", request -> Map.of("mcpServers", List.of(Map.of("name", "files"))));
        fake.onControl("mcp_set_servers", request -> Map.of());
        fake.turn(turn ->
                turn.stderr("refused: " + Options.SECRET + ", said-later").exit(1));
        try (ClaudeSession session = ClaudeSession.open(options(Duration.ofSeconds(20)))) {
            session.setMcpServers(
                    Map.of("web", McpServer.http("https://example.com/mcp").header("X-Key", "said-later")));
            assertThatThrownBy(() -> session.query("go"))
                    .isInstanceOfSatisfying(
                            ProcessExitedException.class,
                            e -> assertThat(e.stderrTail()).isEqualTo("refused: ***, ***"));
        }
    }

    @Test
    void headersAndVariablesAreSecrets() {
        McpServer.Http http = McpServer.http("https://example.com/mcp");
        assertThat(McpWire.secrets(Map.of(
                        "a", McpServer.stdio("serve").env("KEY", "in-env"),
                        "b", http.header("Authorization", "Bearer in-header"))))
                .containsExactlyInAnyOrder("in-env", "Bearer in-header", "in-header");
    }
}
