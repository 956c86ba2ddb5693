package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.AgentDefinition;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.PreToolUseOutput;
import io.github.claudesessions.message.ToolProgress;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolPolicy;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What guards the tools of this JVM, and what they outlive. */
@Timeout(120)
class InProcessToolsTest extends OnRealCli {
    record Empty() {}

    private final AtomicInteger runs = new AtomicInteger();
    private final ToolServer server = ToolServer.of(
            "t", Tool.of("run", "Runs", Empty.class, in -> ToolResult.text("run " + runs.incrementAndGet())));

    private ClaudeOptions.Builder options(ToolServer tools) {
        return builder().toolServer(tools);
    }

    private static Reply call() {
        return Reply.toolUse("mcp__t__run", Map.of());
    }

    /** What the model is told of a call of the tool. */
    private String calledWith(ClaudeOptions.Builder options) {
        api.reply(call(), Reply.text("done"));
        try (ClaudeSession session = ClaudeSession.open(options.build())) {
            assertThat(session.query("go").text()).isEqualTo("done");
        }
        return api.lastRequest().messages().getLast().toString();
    }

    @Test
    void aHookGuardsTheTool() {
        Hooks hooks = Hooks.builder()
                .preToolUse("mcp__t__run", input -> PreToolUseOutput.deny("not on a Sunday"))
                .build();
        assertThat(calledWith(options(server).allowedTool("mcp__t__run").hooks(hooks)))
                .contains("not on a Sunday", "is_error=true");
        assertThat(runs).hasValue(0);
    }

    @Test
    void theToolNeedsAPermission() {
        assertThat(calledWith(options(server))).contains("is_error=true");
        assertThat(calledWith(options(server).permissionHandler(request -> PermissionDecision.deny("not you"))))
                .contains("not you", "is_error=true");
        assertThat(runs).hasValue(0);
        assertThat(calledWith(options(server).permissionHandler(request -> PermissionDecision.allow())))
                .contains("run 1");
    }

    @Test
    void aToolThatIsDisallowedIsNotOffered() {
        assertThat(calledWith(options(server).disallowedTools("mcp__t__run"))).contains("is_error=true");
        assertThat(api.requests().getFirst().tools()).isNotEmpty().doesNotContain("mcp__t__run");
        assertThat(runs).hasValue(0);
    }

    @Test
    void aPolicyGoesBeforeTheRules() {
        List<String> asked = new CopyOnWriteArrayList<>();
        ClaudeOptions.Builder options = options(server.toolPolicy("run", ToolPolicy.ALWAYS_ASK))
                .allowedTool("mcp__t__run")
                .permissionHandler(request -> {
                    asked.add(request.toolName());
                    return PermissionDecision.allow();
                });
        assertThat(calledWith(options)).contains("run 1");
        assertThat(asked).containsExactly("mcp__t__run");
        ClaudeOptions.Builder never =
                options(server.toolPolicy("run", ToolPolicy.ALWAYS_DENY)).allowedTool("mcp__t__run");
        assertThat(calledWith(never)).contains("is_error=true");
        assertThat(runs).hasValue(1);
    }

    @Test
    void theToolsAreThereAfterTheSessionWasChanged() {
        api.reply(call(), Reply.text("done"));
        try (ClaudeSession session =
                ClaudeSession.open(options(server).allowedTool("mcp__t").build())) {
            session.controls().reloadPlugins();
            session.controls().reloadSkills();
            session.setMcpServers(Map.of());
            session.query("go");
            assertThat(api.requests().getFirst().tools()).contains("mcp__t__run");
            assertThat(api.lastRequest().messages().getLast().toString()).contains("run 1");
        }
    }

    @Test
    void aBackgroundAgentCallsTheToolAfterTheTurn() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        api.replyWith(request -> {
            String messages = request.messages().toString();
            if (request.kind() == ApiRequest.Kind.SUBAGENT) {
                if (!messages.contains("tool_result")) {
                    return Reply.text("calling").pauseAfter(0, over).then(call());
                }
                if (messages.contains("run 1")) {
                    told.countDown();
                }
                return Reply.text("the agent is done");
            }
            return messages.contains("tool_result")
                    ? Reply.text("started")
                    : Reply.toolUse(
                            "Agent",
                            Map.of(
                                    "description", "d",
                                    "prompt", "use the tool",
                                    "subagent_type", "worker",
                                    "run_in_background", true));
        });
        ClaudeOptions options = options(server)
                .agent("worker", AgentDefinition.of("works", "You work."))
                .allowedTool("mcp__t__run")
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("go").text()).isEqualTo("started");
            assertThat(runs).hasValue(0);
            over.countDown();
            assertThat(told.await(40, TimeUnit.SECONDS)).isTrue();
            assertThat(session.awaitIdle(Duration.ofSeconds(40))).isTrue();
        }
        assertThat(runs).hasValue(1);
    }

    /** A host has its own tools; it needs nobody to call them. */
    @Test
    void theCliDoesNotCallTheToolForTheHost() {
        try (ClaudeSession session = ClaudeSession.open(options(server).build())) {
            assertThatThrownBy(() -> session.control("mcp_call", Map.of("tool", "mcp__t__run")))
                    .isInstanceOf(ControlException.class);
        }
    }

    @Test
    @Tag("long")
    @Timeout(200)
    void aToolThatTakesLongAnswers() {
        CountDownLatch never = new CountDownLatch(1);
        List<ToolProgress> progress = new CopyOnWriteArrayList<>();
        Tool slow = Tool.of("run", "Runs", Empty.class, (in, context) -> {
            for (int second = 1; second <= 75; second++) {
                never.await(1, TimeUnit.SECONDS);
                context.progress(second, 75, "second " + second);
            }
            return ToolResult.text("at last");
        });
        api.reply(call(), Reply.text("done"));
        ClaudeOptions options =
                options(ToolServer.of("t", slow)).allowedTool("mcp__t").build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.onMessage(message -> {
                if (message instanceof ToolProgress note) {
                    progress.add(note);
                }
            });
            assertThat(session.query("go").text()).isEqualTo("done");
            assertThat(api.lastRequest().messages().getLast().toString()).contains("at last");
        }
        // the CLI keeps the tool's own notices to itself, and tells every 30 s that it runs
        assertThat(progress)
                .isNotEmpty()
                .allMatch(ToolProgress::heartbeat)
                .allMatch(note -> note.toolName().equals("mcp__t__run"));
    }
}
