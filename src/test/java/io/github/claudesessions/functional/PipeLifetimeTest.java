package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.StopOutput;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The CLI can ask its host as long as anything of it is at work, also after a result and in a one-shot run. */
@Timeout(60)
class PipeLifetimeTest extends OnRealCli {
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<String> called = new CopyOnWriteArrayList<>();

    record Note(String text) {}

    private final ToolServer notes = ToolServer.of("notes", Tool.of("add", "Adds a note", Note.class, note -> {
        called.add(note.text());
        return ToolResult.text("noted");
    }));

    @AfterEach
    void openTheGate() {
        gate.countDown();
    }

    private static Reply note(String text) {
        return Reply.toolUse("mcp__notes__add", Map.of("text", text));
    }

    private static boolean hasResult(ApiRequest request) {
        return request.messages().toString().contains("tool_result");
    }

    @Test
    void aToolRunsForAnAgentThatOutlivesTheTurn() {
        api.replyWith(request -> {
            if (request.kind() == ApiRequest.Kind.SUBAGENT) {
                return hasResult(request)
                        ? Reply.text("noted it").usage(10, 400)
                        : note("from the agent").usage(10, 400).pauseAfter(0, gate);
            }
            return hasResult(request)
                    ? Reply.text("main has ended")
                    : Reply.toolUse(
                            "Agent",
                            Map.of("description", "d", "prompt", "note it", "subagent_type", "general-purpose"));
        });
        try (ClaudeSession session = ClaudeSession.open(
                builder().toolServer(notes).allowedTools("Agent", "mcp__notes").build())) {
            ResultMessage result = session.query("delegate");
            assertThat(result.text()).isEqualTo("main has ended");
            assertThat(called).isEmpty();
            gate.countDown();
            assertThat(session.awaitIdle(SOON)).isTrue();
            assertThat(called).containsExactly("from the agent");
            // an agent's tokens are in the cost, not in the usage of a result of the main conversation
            assertThat(result.usage().outputTokens()).isLessThan(400);
            assertThat(session.cost().outputTokens()).isGreaterThan(800);
        }
    }

    @Test
    @Tag("unix")
    void aOneShotRunAsksWhoeverCanBeAsked() {
        api.reply(bash("touch made"), Reply.text("done"));
        ClaudeOptions onlyAHandler = builder()
                .permissionHandler(request -> PermissionDecision.allow())
                .build();
        assertThat(Claude.query("touch", onlyAHandler).text()).isEqualTo("done");
        assertThat(cwd.resolve("made")).exists();

        api.reply(note("from a one-shot"), Reply.text("done"));
        ClaudeOptions onlyATool =
                builder().toolServer(notes).allowedTool("mcp__notes").build();
        assertThat(Claude.query("note", onlyATool).text()).isEqualTo("done");
        assertThat(called).containsExactly("from a one-shot");

        api.reply(Reply.text("one"), Reply.text("two"));
        ClaudeOptions onlyAHook = builder()
                .hooks(Hooks.builder()
                        .stop(input -> input.stopHookActive() ? StopOutput.proceed() : StopOutput.block("say more"))
                        .build())
                .build();
        assertThat(Claude.streamText("speak", onlyAHook)).containsExactly("one", "two");
    }
}
