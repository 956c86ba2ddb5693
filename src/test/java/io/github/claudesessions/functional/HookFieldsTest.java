package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.SettingSource;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.hook.BlockOutput;
import io.github.claudesessions.hook.HookEvent;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.PermissionRequestOutput;
import io.github.claudesessions.hook.PostToolUseOutput;
import io.github.claudesessions.hook.PreModelSwitchOutput;
import io.github.claudesessions.hook.PreToolUseOutput;
import io.github.claudesessions.hook.SessionStartOutput;
import io.github.claudesessions.hook.StopOutput;
import io.github.claudesessions.hook.UserPromptExpansionOutput;
import io.github.claudesessions.hook.UserPromptSubmitOutput;
import io.github.claudesessions.message.InformationalMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.SessionTitleChanged;
import io.github.claudesessions.permission.PermissionBehavior;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionRule;
import io.github.claudesessions.permission.PermissionUpdate;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the less common fields of hook outputs do on the real CLI, and which do nothing there. */
@Timeout(90)
@Tag("unix")
class HookFieldsTest extends OnRealCli {
    private ClaudeSession open(Hooks.Builder hooks) {
        return ClaudeSession.open(builder()
                .hooks(hooks.build())
                .settingSource(SettingSource.PROJECT)
                .allowedTools("Agent")
                .build());
    }

    private void write(String file, String text) throws IOException {
        Path path = cwd.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private String sent(ApiRequest.Kind kind) {
        return api.requests().stream()
                .filter(request -> request.kind() == kind)
                .map(request -> request.messages().toString())
                .collect(Collectors.joining());
    }

    private static ResultMessage result(List<Message> turn) {
        return (ResultMessage) turn.getLast();
    }

    @Test
    void aBlockedPromptCanBeKeptOutOfWhatIsShown() throws IOException {
        write(".claude/commands/foo.md", "carry out $ARGUMENTS");
        api.replyWith(request -> Reply.text("ok"));
        Hooks.Builder hooks = Hooks.builder()
                .userPromptSubmit(input -> input.prompt().startsWith("secret")
                        ? UserPromptSubmitOutput.block("not this").suppressOriginalPrompt()
                        : UserPromptSubmitOutput.proceed())
                .on(
                        HookEvent.USER_PROMPT_EXPANSION,
                        input -> input.commandArgs().startsWith("secret")
                                ? UserPromptExpansionOutput.block("nor that").suppressOriginalPrompt()
                                : UserPromptExpansionOutput.proceed()
                                        .additionalContext("something to add")
                                        .suppressOriginalPrompt());
        try (ClaudeSession session = open(hooks)) {
            List<Message> prompt = session.stream("secret one").toList();
            assertThat(result(prompt).text()).contains("not this").doesNotContain("secret one");
            assertThat(shown(prompt)).contains("not this").doesNotContain("secret one");
            List<Message> command = session.stream("/foo secret two").toList();
            assertThat(result(command).text()).contains("nor that").doesNotContain("secret two");
            assertThat(shown(command)).contains("nor that").doesNotContain("secret two");
            assertThat(api.requests()).isEmpty();
            session.query("/foo in the open");
        }
        assertThat(sent(ApiRequest.Kind.MAIN))
                .as("one that is not blocked reaches the model")
                .contains("carry out in the open", "something to add")
                .doesNotContain("secret");
    }

    private static String shown(List<Message> turn) {
        return turn.stream()
                .filter(InformationalMessage.class::isInstance)
                .map(message -> ((InformationalMessage) message).content())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void aPromptNamesTheConversationAndEndsItsTurn() {
        api.replyWith(request -> Reply.text("ok"));
        Hooks.Builder hooks = Hooks.builder()
                .userPromptSubmit(input -> input.prompt().equals("stop")
                        ? UserPromptSubmitOutput.proceed().stopTurn("that is enough")
                        : UserPromptSubmitOutput.proceed().sessionTitle("The title 7788"));
        try (ClaudeSession session = open(hooks)) {
            assertThat(session.stream("go"))
                    .filteredOn(SessionTitleChanged.class::isInstance)
                    .extracting(message -> ((SessionTitleChanged) message).title())
                    .containsExactly("The title 7788");
            int before = api.requests().size();
            assertThat(shown(session.stream("stop").toList())).contains("that is enough");
            assertThat(api.requests()).hasSize(before);
        }
    }

    @Test
    void whatIsAddedAtTheEndHasTheModelGoOn() {
        api.replyWith(request -> {
            if (request.kind() == ApiRequest.Kind.SUBAGENT) {
                return Reply.text(request.messages().toString().contains("a bit more") ? "longer" : "short");
            }
            String all = request.messages().toString();
            if (!all.contains("tool_result")) {
                return agent();
            }
            return Reply.text(all.contains("and a summary") ? "in short" : "at length");
        });
        Hooks.Builder hooks = Hooks.builder()
                .stop(input -> input.stopHookActive()
                        ? StopOutput.proceed()
                        : StopOutput.proceed().additionalContext("and a summary"))
                .on(
                        HookEvent.SUBAGENT_STOP,
                        input -> input.stopHookActive() ? StopOutput.proceed() : StopOutput.block("a bit more"));
        try (ClaudeSession session = open(hooks)) {
            assertThat(session.query("go").text()).isEqualTo("in short");
        }
        assertThat(sent(ApiRequest.Kind.SUBAGENT)).contains("a bit more");
        assertThat(sent(ApiRequest.Kind.MAIN)).contains("longer").doesNotContain("a bit more");
    }

    @Test
    void aNewConversationHasMoreToStartWith() {
        api.replyWith(request -> Reply.text("ok"));
        Hooks.Builder hooks = Hooks.builder().on(HookEvent.SESSION_START, input -> {
            write(".claude/skills/late/SKILL.md", "---\nname: late\ndescription: comes late\n---\nBe late.\n");
            return SessionStartOutput.proceed()
                    .additionalContext("the house rules")
                    .reloadSkills()
                    .initialUserMessage("a first prompt")
                    .sessionTitle("The title 9900");
        });
        try (ClaudeSession session = open(hooks)) {
            session.query("go");
            List<Message> cleared = session.stream("/clear").toList();
            List<Message> after = session.stream("and now?").toList();
            assertThat(List.of(cleared, after).toString())
                    .as("the title is for the start of a process")
                    .doesNotContain("The title 9900");
        }
        assertThat(api.requests()).as("so is the first prompt").hasSize(2);
        assertThat(api.lastRequest().messages().toString())
                .contains("the house rules", "comes late", "and now?")
                .doesNotContain("a first prompt");
    }

    @Test
    void aChangeOfTheModelIsAllowedOrAskedAbout() {
        api.replyWith(request -> Reply.text("ok"));
        Hooks.Builder hooks = Hooks.builder()
                .on(
                        HookEvent.PRE_MODEL_SWITCH,
                        input -> input.toModel().contains("sonnet")
                                ? PreModelSwitchOutput.allow()
                                : PreModelSwitchOutput.ask("really that one?"));
        try (ClaudeSession session = open(hooks)) {
            session.setModel("claude-sonnet-4-5");
            assertThatThrownBy(() -> session.setModel("claude-haiku-4-5"))
                    .isInstanceOf(ControlException.class)
                    .hasMessageContaining("really that one?");
            session.query("go");
        }
        assertThat(api.lastRequest().model()).isEqualTo("claude-sonnet-4-5");
    }

    record Which(String name) {}

    @Test
    void resultsOfMcpToolsAreReplacedAndTheTurnEnds() {
        api.replyWith(request -> request.lastUserText().endsWith("go")
                        && !request.messages().toString().contains("tool_result")
                ? Reply.toolUse("mcp__t__say", Map.of("name", "one"))
                : Reply.text("ok"));
        ToolServer server =
                ToolServer.of("t", Tool.of("say", "Says it", Which.class, in -> ToolResult.text("as it came")));
        Hooks hooks = Hooks.builder()
                .preToolUse(input -> PreToolUseOutput.allow()
                        .additionalContext("before the call")
                        .systemMessage("for the user")
                        .suppressOutput())
                .postToolUse(input -> PostToolUseOutput.proceed()
                        .updatedMcpToolOutput("as it should be")
                        .additionalContext("after the call")
                        .stopTurn("that is enough"))
                .build();
        try (ClaudeSession session =
                ClaudeSession.open(builder().toolServer(server).hooks(hooks).build())) {
            List<Message> turn = session.stream("go").toList();
            assertThat(result(turn).terminalReason()).hasToString("hook_stopped");
            assertThat(shown(turn)).as("suppressOutput keeps back nothing").contains("for the user");
            assertThat(api.requests()).hasSize(1);
            session.query("and now?");
        }
        assertThat(api.lastRequest().messages().toString())
                .contains("before the call", "as it should be", "that is enough")
                .doesNotContain("as it came", "for the user")
                .as("the reason takes its place")
                .doesNotContain("after the call");
    }

    @Test
    void aHookAnswersAsAPermissionHandlerDoes() {
        api.replyWith(request -> {
            String all = request.messages().toString();
            int results = all.split("type=tool_result", -1).length - 1;
            return results < 3 && !all.contains("never this") ? bash("touch made" + results) : Reply.text("done");
        });
        Hooks.Builder hooks = Hooks.builder().permissionRequest(input -> {
            String command = String.valueOf(input.toolInput().get("command"));
            PermissionDecision decision = command.endsWith("0")
                    ? PermissionDecision.allow()
                            .withInput(Map.of("command", "touch other", "description", "d"))
                            .remember(PermissionUpdate.addRules(
                                    PermissionBehavior.ALLOW, PermissionRule.of("Bash", "touch made1")))
                    : PermissionDecision.deny("never this").interrupting();
            return PermissionRequestOutput.decide(decision);
        });
        try (ClaudeSession session = open(hooks)) {
            assertThat(result(session.stream("go").toList()).terminalReason()).hasToString("aborted_tools");
        }
        assertThat(cwd.resolve("other")).exists();
        assertThat(cwd.resolve("made0")).doesNotExist();
        assertThat(cwd.resolve("made1")).as("by the rule").exists();
        assertThat(cwd.resolve("made2")).doesNotExist();
    }

    @Test
    @Tag("long")
    void aChangeOfTheSettingsIsKeptOut() throws Exception {
        write(".claude/settings.json", "{}");
        api.replyWith(request -> Reply.text("ok"));
        CountDownLatch blocked = new CountDownLatch(1);
        Hooks.Builder hooks = Hooks.builder().on(HookEvent.CONFIG_CHANGE, input -> {
            if (!Files.readString(cwd.resolve(".claude/settings.json")).contains("two")) {
                return BlockOutput.proceed();
            }
            blocked.countDown();
            return BlockOutput.block("not now");
        });
        try (ClaudeSession session = open(hooks)) {
            session.query("go");
            write(".claude/settings.json", "{\"permissions\":{\"deny\":[\"Bash(echo one)\"]}}");
            Eventually.within(SOON, () -> rules(session), () -> rules(session).contains("echo one"));
            write(".claude/settings.json", "{\"permissions\":{\"deny\":[\"Bash(echo two)\"]}}");
            await(blocked);
            session.query("on");
            assertThat(rules(session)).contains("echo one").doesNotContain("echo two");
        }
    }

    private static String rules(ClaudeSession session) {
        return session.controls().permissionRules().rules().toString();
    }
}
