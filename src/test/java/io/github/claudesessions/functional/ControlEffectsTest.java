package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.SettingSource;
import io.github.claudesessions.control.DirectoryChange;
import io.github.claudesessions.control.FileSuggestion;
import io.github.claudesessions.control.Task;
import io.github.claudesessions.control.WorkspaceDiff;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.SlashCommand;
import io.github.claudesessions.message.ToolUseBlock;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionRequest;
import io.github.claudesessions.testing.Reply;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What control requests change, by what the session does afterwards. */
@Timeout(60)
@Tag("unix")
@Tag("long")
class ControlEffectsTest extends OnRealCli {
    @Test
    void thinkingTitleAndSettings() {
        api.replyWith(request -> Reply.text("ok"));
        String id;
        try (ClaudeSession session =
                ClaudeSession.open(builder().model("claude-sonnet-4-5").build())) {
            session.controls().setMaxThinkingTokens(1500);
            assertThat(thinking(session)).contains("budget_tokens=1500");
            session.controls().setMaxThinkingTokens(0);
            assertThat(thinking(session)).contains("disabled");

            session.controls().applyFlagSettings(Map.of("cleanupPeriodDays", 8));
            assertThat(session.controls().settings().get("effective").toString())
                    .contains("cleanupPeriodDays=8");
            assertThat(catchThrowableOfType(
                            ControlException.class,
                            () -> session.control("apply_flag_settings", Map.of("settings", 3))))
                    .isNotNull();
            assertThat(session.query("still there?").text()).isEqualTo("ok");

            session.controls().rename("The title 5566");
            id = session.sessionId().orElseThrow();
        }
        try (ClaudeSession renamed =
                ClaudeSession.open(builder().resumeTitle("The title 5566").build())) {
            assertThat(renamed.query("again").sessionId()).isEqualTo(id);
        }
    }

    private String thinking(ClaudeSession session) {
        session.query("think");
        return String.valueOf(api.lastRequest().body().get("thinking"));
    }

    @Test
    void filesFoldersAndSkills() throws IOException {
        Path file = Files.writeString(cwd.resolve("a.txt"), "before");
        Path sub = Files.createDirectory(cwd.resolve("sub"));
        api.reply(
                Reply.toolUse(
                        "Edit", Map.of("file_path", file.toString(), "old_string", "before", "new_string", "after")),
                Reply.text("done"),
                bash("pwd > here"),
                Reply.text("done"));
        try (ClaudeSession session = ClaudeSession.open(builder()
                .settingSource(SettingSource.PROJECT)
                .permissionMode(PermissionMode.ACCEPT_EDITS)
                .allowedTools("Bash")
                .build())) {
            session.controls()
                    .seedReadState(file, Files.getLastModifiedTime(file).toInstant());
            session.query("change it without reading it");
            assertThat(file).hasContent("after");

            Path skill = Files.createDirectories(cwd.resolve(".claude/skills/late"));
            Files.writeString(skill.resolve("SKILL.md"), "---\nname: late\ndescription: comes late\n---\nBe late.\n");
            assertThat(session.controls().reloadSkills())
                    .extracting(SlashCommand::name)
                    .contains("late");

            DirectoryChange change = session.controls().changeDirectory(sub);
            if (!change.ok()) {
                change = session.controls().changeDirectory(sub, String.valueOf(change.directory()));
            }
            assertThat(change.ok()).as(change.toString()).isTrue();
            session.query("where?");
            assertThat(sub.resolve("here")).content().contains("sub");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCommandInTheForegroundGoesToTheBackground(boolean all) throws Exception {
        api.replyWith(request -> {
            String text = request.lastUserText();
            return text.endsWith("start")
                    ? bash("echo x; while [ ! -e gate ]; do sleep 0.07; done")
                    : Reply.text(text.contains("task-notification") ? "it has ended" : "it runs");
        });
        try (ClaudeSession session =
                ClaudeSession.open(builder().allowedTools("Bash").build())) {
            BlockingQueue<ToolUseBlock> calls = new LinkedBlockingQueue<>();
            session.onMessage(message -> {
                if (message instanceof AssistantMessage answer
                        && answer.content().getFirst() instanceof ToolUseBlock call) {
                    calls.add(call);
                }
            });
            CompletableFuture<String> turn =
                    CompletableFuture.supplyAsync(() -> session.query("start").text());
            Eventually.within(
                    SOON,
                    () -> Processes.describe(api),
                    () -> Processes.describe(api).contains("sleep 0.07"));
            assertThat(turn).isNotDone();
            assertThat(session.controls().backgroundTask("toolu_unknown")).isFalse();
            // a command that has begun just now can't be sent there yet
            if (all) {
                Eventually.within(SOON, session.tasks()::toString, () -> {
                    session.controls().backgroundTasks();
                    return turn.isDone();
                });
            } else {
                String call = calls.take().id();
                Eventually.within(
                        SOON,
                        session.tasks()::toString,
                        () -> session.controls().backgroundTask(call));
            }
            assertThat(turn.get(20, TimeUnit.SECONDS)).isEqualTo("it runs");
            assertThat(session.tasks()).anyMatch(Task::live);
            Files.createFile(cwd.resolve("gate"));
            assertThat(session.awaitIdle(SOON)).isTrue();
            assertThat(session.tasks()).noneMatch(Task::live);
        }
    }

    @Test
    void whatDiffersFromTheRepository() throws Exception {
        Files.writeString(cwd.resolve("a.txt"), "one\ntwo\n");
        git("init", "-q");
        git("add", "a.txt");
        git("-c", "user.name=n", "-c", "user.email=e@example.com", "commit", "-q", "-m", "first");
        Files.writeString(cwd.resolve("a.txt"), "one\nthree\nfour\n");
        Files.writeString(cwd.resolve("new.txt"), "new\n");
        try (ClaudeSession session = open()) {
            WorkspaceDiff.Diff diff = session.controls().workspaceDiff().diff();
            assertThat(diff).isNotNull();
            assertThat(diff.stats()).isEqualTo(new WorkspaceDiff.Stats(1, 2, 1));
            assertThat(diff.perFileStats())
                    .as("files that git does not know are not among them")
                    .containsExactly(new WorkspaceDiff.FileStats("a.txt", 2, 1, false, false, "modified"));
        }
    }

    private void git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(cwd.toFile()).inheritIO();
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        assertThat(builder.start().waitFor()).isZero();
    }

    @Test
    void filesAreFoundByTheirNames() throws IOException {
        Files.createFile(cwd.resolve("remarkable.txt"));
        Files.createFile(cwd.resolve("other.txt"));
        try (ClaudeSession session = open()) {
            Eventually.within(
                    SOON,
                    () -> session.controls().suggestFiles("remark").toString(),
                    () -> session.controls().suggestFiles("remark").stream()
                            .map(FileSuggestion::path)
                            .toList()
                            .equals(List.of("remarkable.txt")));
        }
    }

    @Test
    void aTitleOfTheModelNamesTheConversation() {
        api.replyWith(request -> Reply.text("ok"));
        String id;
        String title;
        try (ClaudeSession session = open()) {
            session.query("hello");
            title = session.controls().generateTitle("Fix the login", true);
            id = session.sessionId().orElseThrow();
        }
        try (ClaudeSession renamed =
                ClaudeSession.open(builder().resumeTitle(title).build())) {
            assertThat(renamed.query("again").sessionId()).isEqualTo(id);
        }
    }

    record Which(String name) {}

    @Test
    void theToolsOfOneServerAreAskedAbout() {
        api.replyWith(request -> request.lastUserText().endsWith("go")
                ? Reply.toolUse("mcp__t__say", Map.of("name", "one"))
                : Reply.text("ok"));
        ToolServer server = ToolServer.of("t", Tool.of("say", "Says it", Which.class, in -> ToolResult.text("said")));
        List<PermissionRequest> asked = new CopyOnWriteArrayList<>();
        try (ClaudeSession session = ClaudeSession.open(builder()
                .env("IS_SANDBOX", "1")
                .permissionMode(PermissionMode.BYPASS_PERMISSIONS)
                .allowDangerouslySkipPermissions(true)
                .permissionHandler(request -> {
                    asked.add(request);
                    return PermissionDecision.deny("not that one");
                })
                .toolServer(server)
                .build())) {
            session.query("go");
            assertThat(asked).isEmpty();
            session.controls().overrideMcpPermissionMode("t", PermissionMode.DEFAULT);
            session.query("now go");
            assertThat(asked).extracting(PermissionRequest::toolName).containsExactly("mcp__t__say");
            assertThat(api.lastRequest().messages().toString()).contains("not that one");
            session.controls().overrideMcpPermissionMode("t", null);
            session.query("once more go");
            assertThat(asked).hasSize(1);
        }
    }

    /** A request of the CLI's own that this library does not need: it closes in another way. */
    @Test
    void theCliCanBeToldToEnd() {
        api.replyWith(request -> Reply.text("ok"));
        try (ClaudeSession session = open()) {
            session.query("hello");
            session.control("end_session", Map.of());
            Eventually.within(SOON, session::toString, () -> session.pid() == -1);
            assertThat(catchThrowableOfType(ProcessExitedException.class, () -> session.query("and now?"))
                            .exitCode())
                    .isZero();
        }
    }
}
