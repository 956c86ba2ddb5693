package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Effort;
import io.github.claudesessions.Plugin;
import io.github.claudesessions.PreviewFormat;
import io.github.claudesessions.Skills;
import io.github.claudesessions.SystemPrompt;
import io.github.claudesessions.ThinkingDisplay;
import io.github.claudesessions.TraceContext;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.SessionStartException;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plugins, skills, prompts and what else a session can be given, on the real CLI. */
@Timeout(60)
class ExtensionsOnCliTest extends OnRealCli {
    private Path plugin() throws IOException {
        Path plugin = cwd.resolve("plug");
        write(plugin.resolve(".claude-plugin/plugin.json"), "{\"name\": \"plug\", \"version\": \"1.0.0\"}");
        write(plugin.resolve("commands/greet.md"), "---\ndescription: greets\n---\nGreet the number 4455.\n");
        for (String skill : List.of("one", "two")) {
            write(
                    plugin.resolve("skills/" + skill + "/SKILL.md"),
                    "---\nname: " + skill + "\ndescription: the skill " + skill + "\n---\nDo " + skill + ".\n");
        }
        return plugin;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aCommandOfAPluginRuns() throws IOException {
        api.reply(Reply.text("ok"));
        try (ClaudeSession session =
                ClaudeSession.open(builder().plugin(plugin()).build())) {
            assertThat(session.serverInfo().commands())
                    .anyMatch(command -> command.name().equals("plug:greet"));
            session.query("/plug:greet");
        }
        assertThat(api.lastRequest().messages().toString()).contains("Greet the number 4455.");
    }

    @Test
    void aVerbatimPromptRunsNoCommand() throws IOException {
        api.reply(Reply.text("ok"));
        Claude.query(
                "/plug:greet", builder().plugin(plugin()).verbatimPrompts(true).build());
        assertThat(api.lastRequest().messages().toString())
                .contains("/plug:greet")
                .doesNotContain("4455");
    }

    @Test
    void skillsAreChosen() throws IOException {
        Path plugin = plugin();
        assertThat(offered(plugin, Skills.all())).contains("the skill one", "the skill two");
        assertThat(offered(plugin, Skills.only("plug:one")))
                .contains("the skill one")
                .doesNotContain("the skill two");
        assertThat(offered(plugin, Skills.none())).doesNotContain("the skill one", "the skill two");
    }

    /** Also by the other name of one, and one that is no command. */
    @Test
    void skillsThatAreChosenMustBeThere() throws IOException {
        Path plugin = plugin();
        write(
                plugin.resolve("skills/quiet/SKILL.md"),
                "---\nname: quiet\ndescription: the skill quiet\nuser-invocable: false\n---\nDo.\n");
        assertThat(offered(plugin, Skills.only("two", "plug:quiet"))).contains("the skill two", "the skill quiet");
        assertThatThrownBy(() -> ClaudeSession.open(builder()
                        .plugin(plugin)
                        .skills("plug:one", "plug:three")
                        .build()))
                .isInstanceOf(SessionStartException.class)
                .hasMessageContaining("there is no skill \"plug:three\"")
                .hasMessageNotContaining("plug:one");
    }

    @Test
    void anUnknownEffortFailsTheOpening() {
        assertThatThrownBy(() -> ClaudeSession.open(
                        builder().effort(new Effort("maximal")).build()))
                .isInstanceOf(SessionStartException.class)
                .hasMessageContaining("effort \"maximal\" is none of high, low, max, medium, xhigh");
    }

    @Test
    void theServersOfAPluginCanBeLeftOut() throws IOException {
        Path plugin = plugin();
        write(plugin.resolve(".mcp.json"), "{\"mcpServers\":{\"made-up\":{\"command\":\"/nonexistent/program\"}}}");
        assertThat(servers(Plugin.at(plugin))).contains("made-up");
        assertThat(servers(Plugin.at(plugin).withoutMcpServers())).doesNotContain("made-up");
    }

    private String servers(Plugin plugin) {
        try (ClaudeSession session = ClaudeSession.open(builder().plugin(plugin).build())) {
            return session.mcpServers().toString();
        }
    }

    private String offered(Path plugin, Skills skills) {
        api.reply(Reply.text("ok"));
        Claude.query("hello", builder().plugin(plugin).skills(skills).build());
        return api.lastRequest().body().toString();
    }

    @Test
    void muchAtOnce() throws IOException {
        Path log = cwd.resolve("debug.txt");
        String trace = "0af7651916cd43dd8448eb211c80319c";
        api.reply(Reply.text("ok"), Reply.text("ok"));
        ClaudeOptions all = builder()
                .systemPrompt(SystemPrompt.text("The lasting part.", "The changing part."))
                .systemPromptSnapshot(false)
                .title("The title 6677")
                .toolAlias("Bash", "mcp__box__bash")
                .planModeInstructions("Plan in 3 steps 8899.")
                .permissionMode(PermissionMode.PLAN)
                .questionPreviewFormat(PreviewFormat.HTML)
                .agentProgressSummaries(true)
                .forwardSubagentText(true)
                .perTaskStopAffordance(true)
                .includeHookEvents(true)
                .thinkingDisplay(ThinkingDisplay.SUMMARIZED)
                .taskBudget(50_000)
                .debug(true)
                .debugFile(log)
                .clientApp("my-app/1.0")
                .traceContext(TraceContext.of("00-" + trace + "-b7ad6b7169203331-01"))
                .build();
        String id;
        try (ClaudeSession session = ClaudeSession.open(all)) {
            session.query("hello");
            id = session.sessionId().orElseThrow();
        }
        ApiRequest request = api.lastRequest();
        assertThat(request.system()).contains("The lasting part.", "The changing part.");
        assertThat(request.header("user-agent").orElse("")).contains("client-app/my-app/1.0");
        assertThat(request.body().toString()).contains("8899");
        assertThat(String.valueOf(request.body().get("output_config"))).contains("task_budget={", "total=50000");
        assertThat(log).isNotEmptyFile();

        try (ClaudeSession session =
                ClaudeSession.open(builder().resumeTitle("The title 6677").build())) {
            session.query("again");
            assertThat(session.sessionId()).contains(id);
        }
    }

    @Test
    void thePromptOfClaudeCodeCanLeaveOutWhatChanges() {
        String memory = "/memory/`";
        api.reply(Reply.text("ok"), Reply.text("ok"));
        Claude.query("hello", builder().systemPrompt(SystemPrompt.claudeCode()).build());
        assertThat(api.lastRequest().system()).contains(memory);
        Claude.query(
                "hello",
                builder()
                        .systemPrompt(SystemPrompt.claudeCode().withoutDynamicSections())
                        .build());
        assertThat(api.lastRequest().system()).doesNotContain(memory);
        assertThat(api.lastRequest().messages().toString()).contains(memory);
    }

    /** Only what the CLI asks for: the fake's made-up answer is no suggestion that the CLI would pass on. */
    @Test
    void theNextPromptIsGuessedIfWanted() {
        api.replyWith(request -> Reply.text("I have changed it."));
        ClaudeOptions.Builder with = builder().env("CLAUDE_CODE_ENABLE_PROMPT_SUGGESTION", "true");
        try (ClaudeSession session = ClaudeSession.open(with.build())) {
            session.query("one");
            session.query("two");
            session.query("three");
        }
        assertThat(guesses()).isZero();
        try (ClaudeSession session =
                ClaudeSession.open(with.promptSuggestions(true).build())) {
            session.query("one");
            session.query("two");
            session.query("three");
            Eventually.within(SOON, () -> "nothing is guessed", () -> guesses() > 0);
        }
    }

    private long guesses() {
        return api.allRequests().stream()
                .filter(request -> request.kind() == ApiRequest.Kind.AUXILIARY)
                .filter(request -> request.messages().size() > 1)
                .count();
    }

    @Test
    void aConversationGoesOnFromTheMiddle() {
        api.reply(Reply.text("first answer"), Reply.text("second answer"), Reply.text("third answer"));
        String id;
        String kept;
        ResultMessage dropped;
        try (ClaudeSession session = ClaudeSession.open(builder().build())) {
            id = session.sessionId().orElseThrow();
            try (Stream<Message> turn = session.stream("first prompt")) {
                kept = turn.filter(AssistantMessage.class::isInstance)
                        .reduce((before, last) -> last)
                        .map(Message::uuid)
                        .orElseThrow();
            }
            dropped = session.query("second prompt");
        }
        ClaudeOptions.Builder back = builder().resume(id).resumeSessionAt(kept);
        try (ClaudeSession session = ClaudeSession.open(
                back.resumeDropsTurn(dropped.userMessageUuids().getFirst()).build())) {
            session.query("third prompt");
        }
        assertThat(api.lastRequest().messages().toString())
                .contains("first prompt", "first answer", "third prompt")
                .doesNotContain("second prompt", "second answer");

        assertThatThrownBy(() -> ClaudeSession.open(back.resumeDropsTurn("6f1c2f0e-0000-4000-8000-00000000000a")
                        .build()))
                .isInstanceOf(ClaudeException.class)
                .hasMessageContaining("resume-drops-turn");
    }
}
