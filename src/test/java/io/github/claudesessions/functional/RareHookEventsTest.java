package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.hook.BlockOutput;
import io.github.claudesessions.hook.ContextOutput;
import io.github.claudesessions.hook.CwdChangedInput;
import io.github.claudesessions.hook.FileChange;
import io.github.claudesessions.hook.FileChangedInput;
import io.github.claudesessions.hook.HookEvent;
import io.github.claudesessions.hook.HookInput;
import io.github.claudesessions.hook.HookSettings;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.NoOutput;
import io.github.claudesessions.hook.NotificationInput;
import io.github.claudesessions.hook.PermissionDeniedInput;
import io.github.claudesessions.hook.SessionStartOutput;
import io.github.claudesessions.hook.TaskCompletedInput;
import io.github.claudesessions.hook.TaskCreatedInput;
import io.github.claudesessions.hook.WatchOutput;
import io.github.claudesessions.hook.WorktreeCreateInput;
import io.github.claudesessions.hook.WorktreeCreateOutput;
import io.github.claudesessions.hook.WorktreeRemoveInput;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.testing.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The events that only come when something else is set up as well, on the real CLI. */
@Timeout(90)
@Tag("unix")
@Tag("long")
class RareHookEventsTest extends OnRealCli {
    /** A model to which the CLI offers its list of tasks; the newest ones do without. */
    private static final String WITH_TASKS = "claude-sonnet-4-5";

    private static final Map<String, Object> COMMAND =
            Map.of("hooks", List.of(Map.of("type", "command", "command", "exit 0")));

    private final BlockingQueue<HookInput> told = new LinkedBlockingQueue<>();

    private void run(ClaudeOptions.Builder options) {
        try (ClaudeSession session = ClaudeSession.open(options.build())) {
            session.query("go");
        }
    }

    private <T extends HookInput> T next(Class<T> type) throws InterruptedException {
        HookInput input = told.poll(SOON.toSeconds(), TimeUnit.SECONDS);
        assertThat(input).isInstanceOf(type);
        return type.cast(input);
    }

    @Test
    void autoModeTellsOfWhatItRefuses() throws Exception {
        api.reply(bash("sh -c 'touch made'"), Reply.text("a pity"));
        run(builder()
                .permissionMode(PermissionMode.AUTO)
                .hooks(Hooks.builder()
                        .observe(HookEvent.PERMISSION_DENIED, told::add)
                        .build()));
        PermissionDeniedInput denied = next(PermissionDeniedInput.class);
        assertThat(denied.toolName()).isEqualTo("Bash");
        assertThat(denied.toolInput()).containsEntry("command", "sh -c 'touch made'");
        assertThat(denied.toolUseId()).isNotBlank();
        assertThat(denied.reason()).isNotBlank();
        assertThat(cwd.resolve("made")).doesNotExist();
    }

    @Test
    void aQuestionThatWaitsForSixSecondsIsNotified() throws Exception {
        api.reply(bash("touch made"), Reply.text("done"), Reply.text("nothing"));
        CountDownLatch notified = new CountDownLatch(1);
        List<Message> heard = new CopyOnWriteArrayList<>();
        ClaudeOptions options = builder()
                .permissionHandler(request -> {
                    await(notified);
                    return PermissionDecision.allow();
                })
                .hooks(Hooks.builder()
                        .on(HookEvent.NOTIFICATION, HookSettings.matching("permission_prompt"), input -> {
                            told.add(input);
                            notified.countDown();
                            return ContextOutput.proceed()
                                    .additionalContext("for the model")
                                    .systemMessage("for the user");
                        })
                        .build())
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.onMessage(heard::add);
            session.query("go");
            heard.addAll(session.stream("and now?").toList());
        }
        assertThat(api.lastRequest().messages().toString())
                .as("what such a hook says goes nowhere")
                .contains("and now?")
                .doesNotContain("for the model");
        assertThat(heard.toString()).doesNotContain("for the user");
        NotificationInput notification = next(NotificationInput.class);
        assertThat(notification.notificationType()).isEqualTo("permission_prompt");
        assertThat(notification.message()).contains("Bash");
        assertThat(cwd.resolve("made")).exists();
    }

    @Test
    void tasksAreCreatedAndCompleted() throws Exception {
        api.reply(
                Reply.toolUse("TaskCreate", Map.of("subject", "tidy", "description", "the desk")),
                Reply.toolUse("TaskUpdate", Map.of("taskId", "1", "status", "completed")),
                Reply.text("done"));
        run(builder()
                .model(WITH_TASKS)
                .hooks(Hooks.builder()
                        .observe(HookEvent.TASK_CREATED, told::add)
                        .observe(HookEvent.TASK_COMPLETED, told::add)
                        .build()));
        TaskCreatedInput created = next(TaskCreatedInput.class);
        assertThat(created.taskId()).isEqualTo("1");
        assertThat(created.taskSubject()).isEqualTo("tidy");
        assertThat(created.taskDescription()).isEqualTo("the desk");
        assertThat(next(TaskCompletedInput.class).taskId()).isEqualTo("1");
    }

    @Test
    void aTaskIsBlocked() {
        api.reply(
                Reply.toolUse("TaskCreate", Map.of("subject", "tidy", "description", "the desk")),
                Reply.toolUse("TaskList", Map.of()),
                Reply.text("done"));
        run(builder()
                .model(WITH_TASKS)
                .hooks(Hooks.builder()
                        .on(HookEvent.TASK_CREATED, input -> BlockOutput.block("not on a Sunday"))
                        .build()));
        assertThat(api.lastRequest().messages().toString())
                .contains("not on a Sunday")
                .contains("No tasks found");
    }

    @Test
    void aTaskStaysOpen() {
        api.reply(
                Reply.toolUse("TaskCreate", Map.of("subject", "tidy", "description", "the desk")),
                Reply.toolUse("TaskUpdate", Map.of("taskId", "1", "status", "completed")),
                Reply.toolUse("TaskList", Map.of()),
                Reply.text("done"));
        run(builder()
                .model(WITH_TASKS)
                .hooks(Hooks.builder()
                        .on(HookEvent.TASK_COMPLETED, input -> BlockOutput.block("look under it"))
                        .build()));
        assertThat(api.lastRequest().messages().toString())
                .contains("look under it")
                .contains("#1 [pending] tidy");
    }

    @Test
    void worktreesAreMadeAndRemovedByTheHost() throws Exception {
        api.reply(
                Reply.toolUse("EnterWorktree", Map.of("name", "aside")),
                Reply.toolUse("ExitWorktree", Map.of("action", "remove", "discard_changes", true)),
                Reply.text("done"));
        Path made = cwd.resolve("of-the-host");
        run(builder()
                .allowedTools("EnterWorktree", "ExitWorktree")
                .hooks(Hooks.builder()
                        .on(HookEvent.WORKTREE_CREATE, input -> {
                            told.add(input);
                            return WorktreeCreateOutput.at(
                                    Files.createDirectory(made).toString());
                        })
                        .on(HookEvent.WORKTREE_REMOVE, input -> {
                            told.add(input);
                            Files.delete(Path.of(input.worktreePath()));
                            return NoOutput.proceed();
                        })
                        .build()));
        assertThat(next(WorktreeCreateInput.class).name()).isEqualTo("aside");
        assertThat(Path.of(next(WorktreeRemoveInput.class).worktreePath())).hasFileName("of-the-host");
        assertThat(made).doesNotExist();
    }

    @Test
    void theDirectoryAndFilesAreWatchedOnceTheSettingsHaveSuchHooks() throws Exception {
        Path besides = Files.createFile(cwd.toRealPath().resolve("besides.txt"));
        WatchOutput alsoThat = WatchOutput.proceed().watchPaths(List.of(besides.toString()));
        Hooks hooks = Hooks.builder()
                .on(HookEvent.CWD_CHANGED, input -> {
                    told.add(input);
                    return alsoThat;
                })
                .on(HookEvent.FILE_CHANGED, input -> {
                    told.add(input);
                    return alsoThat;
                })
                .build();
        try (ClaudeSession session =
                ClaudeSession.open(builder().allowedTools("Bash").hooks(hooks).build())) {
            api.reply(bash("mkdir sub && cd sub"), Reply.text("done"));
            session.query("go");
        }
        assertThat(told).as("without such hooks in the settings").isEmpty();

        Map<String, Object> inSettings = Map.of(
                "CwdChanged",
                List.of(COMMAND),
                "FileChanged",
                List.of(Map.of("matcher", "watched.txt", "hooks", COMMAND.get("hooks"))));
        try (ClaudeSession session = ClaudeSession.open(builder()
                .allowedTools("Bash")
                .hooks(hooks)
                .settings(Map.of("hooks", inSettings))
                .build())) {
            api.reply(bash("cd sub"), Reply.text("done"));
            session.query("go");
            CwdChangedInput changed = next(CwdChangedInput.class);
            assertThat(Path.of(changed.newCwd())).hasFileName("sub");
            assertThat(Path.of(changed.oldCwd()).toRealPath()).isEqualTo(cwd.toRealPath());
            change(cwd.resolve("sub/watched.txt"));
            Files.writeString(besides, "changed as well"); // not told: such a hook can't say what is watched
            change(cwd.resolve("sub/watched.txt"));
        }
    }

    @Test
    void aHookAtTheStartOfAConversationSaysWhatIsWatched() throws Exception {
        Path watched = Files.createFile(cwd.toRealPath().resolve("watched.txt"));
        Hooks hooks = Hooks.builder()
                .on(
                        HookEvent.SESSION_START,
                        input -> SessionStartOutput.proceed().watchPaths(List.of(watched.toString())))
                .observe(HookEvent.FILE_CHANGED, told::add)
                .build();
        try (ClaudeSession session = ClaudeSession.open(builder().hooks(hooks).build())) {
            session.query("/clear");
            change(watched);
        }
    }

    /** Changes {@code file} until that is told: nothing says from when on the CLI watches. */
    private void change(Path file) throws Exception {
        HookInput input = null;
        for (int i = 0; i < 10 && input == null; i++) {
            Files.writeString(file, "change " + i);
            input = told.poll(3, TimeUnit.SECONDS);
        }
        assertThat(input).isInstanceOfSatisfying(FileChangedInput.class, changed -> {
            assertThat(Path.of(changed.filePath()))
                    .hasFileName(file.getFileName().toString());
            assertThat(changed.event()).isIn(FileChange.ADD, FileChange.CHANGE);
        });
    }
}
