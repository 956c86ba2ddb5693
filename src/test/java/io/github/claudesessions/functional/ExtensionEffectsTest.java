package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.McpServerStatus;
import io.github.claudesessions.PreviewFormat;
import io.github.claudesessions.SettingSource;
import io.github.claudesessions.Thinking;
import io.github.claudesessions.ThinkingDisplay;
import io.github.claudesessions.TraceContext;
import io.github.claudesessions.control.Task;
import io.github.claudesessions.message.HookResponse;
import io.github.claudesessions.message.HookStarted;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What some of the rarer options change. */
@Timeout(60)
@Tag("unix")
class ExtensionEffectsTest extends OnRealCli {
    private final CountDownLatch gate = new CountDownLatch(1);

    @AfterEach
    void openTheGate() {
        gate.countDown();
    }

    record Command(String command) {}

    @Test
    void thinkingHooksAndTraceAreShown() throws IOException {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        api.reply(bash("echo $TRACEPARENT > trace"), Reply.text("done"));
        List<Message> messages;
        try (ClaudeSession session = ClaudeSession.open(builder()
                .model("claude-sonnet-4-5")
                .thinking(Thinking.enabled(2000))
                .thinkingDisplay(ThinkingDisplay.SUMMARIZED)
                .traceContext(TraceContext.of(trace))
                .includeHookEvents(true)
                .settings(Map.of(
                        "hooks",
                        Map.of(
                                "PreToolUse",
                                List.of(Map.of("hooks", List.of(Map.of("type", "command", "command", "true")))))))
                .allowedTools("Bash")
                .build())) {
            messages = session.stream("go").toList();
        }
        assertThat(String.valueOf(api.lastRequest().body().get("thinking")))
                .contains("budget_tokens=2000", "display=summarized");
        assertThat(messages)
                .hasAtLeastOneElementOfType(HookStarted.class)
                .hasAtLeastOneElementOfType(HookResponse.class);
        assertThat(cwd.resolve("trace")).content().isEqualToIgnoringNewLines(trace);
    }

    @Test
    void anotherToolRunsUnderTheNameOfABuiltInOne() {
        List<String> ran = new CopyOnWriteArrayList<>();
        ToolServer box = ToolServer.of("box", Tool.of("bash", "Runs in a box", Command.class, command -> {
            ran.add(command.command());
            return ToolResult.text("from the box");
        }));
        api.reply(Reply.toolUse("Bash", Map.of("command", "touch made")), Reply.text("done"));
        Claude.query(
                "go",
                builder()
                        .toolServer(box)
                        .toolAlias("Bash", "mcp__box__bash")
                        .allowedTools("Bash", "mcp__box")
                        .build());
        assertThat(ran).containsExactly("touch made");
        assertThat(api.lastRequest().messages().toString()).contains("from the box");
        assertThat(cwd.resolve("made")).doesNotExist();
        assertThat(api.lastRequest().tools()).contains("Bash", "mcp__box__bash");
    }

    @Test
    void theModelIsToldHowPreviewsAreShown() {
        assertThat(tools(PreviewFormat.HTML)).contains("self-contained HTML fragment");
        assertThat(tools(PreviewFormat.MARKDOWN))
                .contains("rendered as markdown")
                .doesNotContain("HTML fragment");
    }

    private String tools(PreviewFormat format) {
        api.reply(Reply.text("ok"));
        Claude.query(
                "go",
                builder()
                        .questionPreviewFormat(format)
                        .tools("AskUserQuestion")
                        .permissionHandler(request -> PermissionDecision.allow())
                        .build());
        return String.valueOf(api.lastRequest().body().get("tools"));
    }

    @Test
    void onlyTheServersOfTheOptionsIfWanted() throws IOException {
        Files.writeString(
                cwd.resolve(".mcp.json"), "{\"mcpServers\": {\"projects\": {\"command\": \"/nonexistent/program\"}}}");
        ClaudeOptions.Builder projects = builder().settingSources(SettingSource.PROJECT);
        assertThat(servers(projects)).contains("projects");
        assertThat(servers(projects.strictMcpConfig(true))).doesNotContain("projects");
    }

    private static List<String> servers(ClaudeOptions.Builder options) {
        try (ClaudeSession session = ClaudeSession.open(options.build())) {
            return session.mcpServers().stream().map(McpServerStatus::name).toList();
        }
    }

    @Test
    void anInterruptLeavesAgentsAloneIfTheHostStopsThemOneByOne() {
        api.replyWith(request -> {
            if (request.kind() == ApiRequest.Kind.SUBAGENT) {
                return Reply.text("the report").pauseAfter(0, gate);
            }
            return request.messages().toString().contains("tool_result")
                    ? Reply.text("it works")
                    : Reply.toolUse(
                            "Agent", Map.of("description", "d", "prompt", "look", "subagent_type", "general-purpose"));
        });
        try (ClaudeSession session = ClaudeSession.open(
                builder().perTaskStopAffordance(true).allowedTools("Agent").build())) {
            session.query("delegate");
            session.interrupt();
            session.query("wait");
            Task agent = session.tasks().getFirst();
            assertThat(agent.live()).isTrue();
            session.stopTask(agent.id());
            Eventually.within(
                    SOON,
                    session.tasks()::toString,
                    () -> session.tasks().stream().noneMatch(Task::live));
        }
    }
}
