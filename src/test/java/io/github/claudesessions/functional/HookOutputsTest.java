package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.hook.ContextOutput;
import io.github.claudesessions.hook.HookEvent;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.MessageDisplayOutput;
import io.github.claudesessions.hook.PermissionDeniedOutput;
import io.github.claudesessions.hook.PostToolUseOutput;
import io.github.claudesessions.message.InformationalMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the answers of hooks do, on the real CLI. */
@Timeout(90)
@Tag("unix")
class HookOutputsTest extends OnRealCli {
    private static ContextOutput add(String text) {
        return ContextOutput.proceed().additionalContext(text);
    }

    private String sent(ApiRequest.Kind kind) {
        return api.requests().stream()
                .filter(request -> request.kind() == kind)
                .map(request -> request.messages().toString())
                .collect(Collectors.joining());
    }

    @Test
    void whatHooksAddReachesTheModel() {
        api.replyWith(request -> {
            String all = request.messages().toString();
            if (request.kind() == ApiRequest.Kind.SUBAGENT) {
                return Reply.text("from the agent");
            }
            if (!all.contains("tool_result")) {
                return bash("exit 3");
            }
            return all.contains("from the agent") ? Reply.text("done") : agent();
        });
        ClaudeOptions options = builder()
                .allowedTools("Bash", "Agent")
                .hooks(Hooks.builder()
                        .on(HookEvent.POST_TOOL_USE_FAILURE, input -> add("after the failure"))
                        .on(HookEvent.POST_TOOL_BATCH, input -> add("after all calls"))
                        .on(HookEvent.SUBAGENT_START, input -> add("only for the agent"))
                        .on(HookEvent.POST_MODEL_SWITCH, input -> add("after the switch"))
                        .build())
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("go").text()).isEqualTo("done");
            session.setModel("claude-sonnet-4-5");
            api.replyWith(request -> Reply.text("ok"));
            session.query("and now?");
        }
        assertThat(sent(ApiRequest.Kind.SUBAGENT)).contains("only for the agent");
        assertThat(sent(ApiRequest.Kind.MAIN))
                .contains("after the failure", "after all calls", "after the switch")
                .doesNotContain("only for the agent");
    }

    @Test
    void aResultIsNotAcceptableAndTheUserIsTold() {
        api.reply(bash("touch made"), Reply.text("done"));
        Hooks hooks = Hooks.builder()
                .postToolUse(
                        "Bash",
                        input -> PostToolUseOutput.block("not acceptable").systemMessage("for the user"))
                .build();
        List<Message> heard;
        try (ClaudeSession session =
                ClaudeSession.open(builder().allowedTools("Bash").hooks(hooks).build())) {
            heard = session.stream("go").toList();
        }
        assertThat(heard)
                .filteredOn(InformationalMessage.class::isInstance)
                .extracting(message -> ((InformationalMessage) message).content())
                .anyMatch(content -> content.contains("for the user"));
        assertThat(sent(ApiRequest.Kind.MAIN)).contains("not acceptable").doesNotContain("for the user");
        assertThat(cwd.resolve("made")).exists();
    }

    @Test
    void whatTheHostGetsIsReplacedAndWhatTheModelSaidIsNot() {
        api.reply(Reply.text("a secret"), Reply.text("and more"));
        Hooks hooks = Hooks.builder()
                .on(
                        HookEvent.MESSAGE_DISPLAY,
                        input -> input.delta().contains("secret")
                                ? MessageDisplayOutput.show("something else")
                                : MessageDisplayOutput.proceed())
                .build();
        try (ClaudeSession session = ClaudeSession.open(builder().hooks(hooks).build())) {
            assertThat(session.query("go").text()).isEqualTo("something else");
            assertThat(session.query("and?").text()).isEqualTo("and more");
        }
        assertThat(api.lastRequest().messages().toString()).contains("a secret").doesNotContain("something else");
    }

    @Test
    void aRefusedCallMayBeTriedAgain() {
        api.reply(bash("sh -c 'touch made'"), Reply.text("a pity"));
        Hooks hooks = Hooks.builder()
                .on(HookEvent.PERMISSION_DENIED, input -> PermissionDeniedOutput.retry())
                .build();
        try (ClaudeSession session = ClaudeSession.open(
                builder().permissionMode(PermissionMode.AUTO).hooks(hooks).build())) {
            session.query("go");
        }
        assertThat(api.lastRequest().messages().toString()).contains("you may retry this tool call");
        assertThat(cwd.resolve("made")).doesNotExist();
    }
}
