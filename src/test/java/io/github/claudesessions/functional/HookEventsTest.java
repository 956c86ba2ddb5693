package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.SettingSource;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.error.ReentrantTurnException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.hook.BlockOutput;
import io.github.claudesessions.hook.HookEvent;
import io.github.claudesessions.hook.HookFailure;
import io.github.claudesessions.hook.HookInput;
import io.github.claudesessions.hook.HookObserver;
import io.github.claudesessions.hook.HookSettings;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.PermissionRequestOutput;
import io.github.claudesessions.hook.PreModelSwitchOutput;
import io.github.claudesessions.hook.PreToolUseOutput;
import io.github.claudesessions.hook.UnknownHookInput;
import io.github.claudesessions.hook.UserPromptExpansionOutput;
import io.github.claudesessions.message.InformationalMessage;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.testing.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The events besides the common ones, and hooks together with other callbacks, on the real CLI. */
@Timeout(60)
@Tag("unix")
class HookEventsTest extends OnRealCli {
    private static final Reply TOUCH = Reply.toolUse("Bash", Map.of("command", "touch made", "description", "d"));

    private ClaudeOptions.Builder options(Hooks.Builder hooks) {
        return builder().hooks(hooks.build());
    }

    private Path made() {
        return cwd.resolve("made");
    }

    private void command(String name) throws Exception {
        Files.createDirectories(cwd.resolve(".claude/commands"));
        Files.writeString(cwd.resolve(".claude/commands/" + name + ".md"), "carry out $ARGUMENTS");
    }

    @Test
    void aHookThatDecidesFirstDecidesInsteadOfThePermissionHandler() throws Exception {
        api.reply(TOUCH, Reply.text("well"));
        CountDownLatch interrupted = new CountDownLatch(1);
        ClaudeOptions options = options(Hooks.builder()
                        .permissionRequest(
                                "Bash", input -> PermissionRequestOutput.decide(PermissionDecision.deny("by a hook"))))
                .permissionHandler(request -> {
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                    return PermissionDecision.allow();
                })
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("go");
            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(made()).doesNotExist();
        assertThat(api.lastRequest().messages().toString()).contains("by a hook");
    }

    @Test
    void aHookMayAllowWhatAnotherDoesNotComment() {
        api.reply(TOUCH, Reply.text("done"));
        ClaudeOptions options = options(Hooks.builder()
                        .preToolUse(input -> PreToolUseOutput.proceed())
                        .permissionRequest(input -> PermissionRequestOutput.decide(PermissionDecision.allow())))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("go");
        }
        assertThat(made()).exists();
    }

    @Test
    void allHooksOfAnEventRunAtOnce() {
        api.reply(TOUCH, Reply.text("done"));
        CyclicBarrier both = new CyclicBarrier(2);
        Hooks.Builder hooks = Hooks.builder()
                .preToolUse(input -> {
                    both.await(20, TimeUnit.SECONDS);
                    return PreToolUseOutput.proceed();
                })
                .preToolUse("Bash", input -> {
                    both.await(20, TimeUnit.SECONDS);
                    return PreToolUseOutput.deny("no");
                });
        try (ClaudeSession session =
                ClaudeSession.open(options(hooks).allowedTools("Bash").build())) {
            session.query("go");
        }
        assertThat(both.isBroken()).isFalse();
        assertThat(made()).doesNotExist();
    }

    @Test
    void aHookMaySendControlRequestsOfItsSessionButNoPrompt() {
        api.reply(TOUCH, Reply.text("done"));
        AtomicReference<ClaudeSession> own = new AtomicReference<>();
        AtomicReference<Throwable> refused = new AtomicReference<>();
        Hooks.Builder hooks = Hooks.builder().preToolUse(input -> {
            own.get().control("get_session_cost", Map.of());
            try {
                own.get().query("from inside");
            } catch (RuntimeException e) {
                refused.set(e);
            }
            return PreToolUseOutput.allow();
        });
        try (ClaudeSession session = ClaudeSession.open(options(hooks).build())) {
            own.set(session);
            assertThat(session.query("go").text()).isEqualTo("done");
        }
        assertThat(refused.get()).isInstanceOf(ReentrantTurnException.class);
        assertThat(made()).exists();
    }

    @Test
    void aChangeOfTheModelIsRefused() {
        Hooks.Builder hooks =
                Hooks.builder().on(HookEvent.PRE_MODEL_SWITCH, input -> PreModelSwitchOutput.deny("not that one"));
        try (ClaudeSession session = ClaudeSession.open(options(hooks).build())) {
            assertThatThrownBy(() -> session.setModel("claude-sonnet-4-5"))
                    .isInstanceOf(ControlException.class)
                    .hasMessageContaining("not that one");
        }
    }

    @Test
    void aCompactionIsBlocked() {
        api.reply(Reply.text("one"));
        Hooks.Builder hooks = Hooks.builder().preCompact(input -> BlockOutput.block("keep it"));
        try (ClaudeSession session = ClaudeSession.open(options(hooks).build())) {
            session.query("go");
            assertThat(session.query("/compact").text()).contains("blocked by PreCompact hook");
        }
    }

    @Test
    void aCommandIsBlocked() throws Exception {
        command("foo");
        Hooks.Builder hooks = Hooks.builder()
                .on(HookEvent.USER_PROMPT_EXPANSION, "foo", input -> UserPromptExpansionOutput.block("not foo"));
        ClaudeOptions options =
                options(hooks).settingSources(SettingSource.PROJECT).build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("/foo bar").text()).contains("not foo");
        }
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void aFailureThatTheCliReportsReachesTheListeners() throws Exception {
        api.reply(TOUCH, Reply.text("done"));
        Hooks.Builder hooks = Hooks.builder()
                .on(HookEvent.POST_TOOL_USE, HookSettings.any().onFailure(HookFailure.BLOCK), input -> {
                    throw new IllegalStateException("made up");
                });
        CountDownLatch reported = new CountDownLatch(1);
        try (ClaudeSession session =
                ClaudeSession.open(options(hooks).allowedTools("Bash").build())) {
            session.onMessage(message -> {
                if (message instanceof InformationalMessage report && "hook_callback_failed".equals(report.tag())) {
                    reported.countDown();
                }
            });
            session.query("go");
            assertThat(reported.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(api.lastRequest().messages().toString()).contains("hook blocking error");
    }

    private static final Set<String> ALL = new TreeSet<>(List.of(
            "PreToolUse",
            "PostToolUse",
            "PostToolUseFailure",
            "PostToolBatch",
            "PermissionRequest",
            "UserPromptSubmit",
            "UserPromptExpansion",
            "SessionStart",
            "Stop",
            "StopFailure",
            "SubagentStop",
            "PreCompact",
            "PostCompact",
            "PreModelSwitch",
            "PostModelSwitch",
            "ConfigChange",
            "InstructionsLoaded",
            "DirectoryAdded",
            "MessageDisplay"));

    private final Set<String> events = new ConcurrentSkipListSet<>();
    private final List<HookInput> unknown = new CopyOnWriteArrayList<>();
    private final CountDownLatch configChanged = new CountDownLatch(1);

    private void tell(HookInput input) {
        events.add(input.context().event());
        if (input instanceof UnknownHookInput) {
            unknown.add(input);
        }
        if (input.context().event().equals(HookEvent.CONFIG_CHANGE.name())) {
            configChanged.countDown();
        }
    }

    private Hooks.Builder observers() {
        HookObserver<HookInput> all = this::tell;
        return Hooks.builder()
                .observe(HookEvent.PRE_TOOL_USE, all)
                .observe(HookEvent.POST_TOOL_USE, all)
                .observe(HookEvent.POST_TOOL_USE_FAILURE, all)
                .observe(HookEvent.POST_TOOL_BATCH, all)
                .observe(HookEvent.PERMISSION_REQUEST, all)
                .observe(HookEvent.USER_PROMPT_SUBMIT, all)
                .observe(HookEvent.USER_PROMPT_EXPANSION, all)
                .observe(HookEvent.SESSION_START, all)
                .observe(HookEvent.SESSION_END, all)
                .observe(HookEvent.STOP, all)
                .observe(HookEvent.STOP_FAILURE, all)
                .observe(HookEvent.SUBAGENT_STOP, all)
                .observe(HookEvent.PRE_COMPACT, all)
                .observe(HookEvent.POST_COMPACT, all)
                .observe(HookEvent.PRE_MODEL_SWITCH, all)
                .observe(HookEvent.POST_MODEL_SWITCH, all)
                .observe(HookEvent.CONFIG_CHANGE, all)
                .observe(HookEvent.INSTRUCTIONS_LOADED, all)
                .observe(HookEvent.DIRECTORY_ADDED, all)
                .observe(HookEvent.MESSAGE_DISPLAY, all);
    }

    @Test
    void theEventsOfASession() throws Exception {
        command("foo");
        Files.writeString(cwd.resolve("CLAUDE.md"), "be kind");
        ClaudeOptions options = options(observers())
                .settingSources(SettingSource.PROJECT)
                .permissionHandler(request -> PermissionDecision.allow())
                .build();
        api.reply(
                TOUCH,
                Reply.toolUse("Bash", Map.of("command", "false", "description", "d")),
                Reply.text("done"),
                Reply.text("foo"));
        String id;
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("go");
            session.query("/foo bar");
            session.setModel("claude-sonnet-4-5");
            session.query("/compact");
            session.control(
                    "register_repo_root",
                    Map.of(
                            "path",
                            cwd.resolve(".claude").toString(),
                            "directory",
                            cwd.resolve(".claude").toString()));
            Files.writeString(cwd.resolve(".claude/settings.json"), "{\"model\":\"opus\"}");
            assertThat(configChanged.await(20, TimeUnit.SECONDS)).isTrue();
            api.reply(Reply.error(400, "invalid_request_error", "made up"));
            assertThatThrownBy(() -> session.query("fail")).isInstanceOf(TurnFailedException.class);
            Eventually.within(SOON, events::toString, () -> events.containsAll(ALL)); // observers hold up nothing
            id = session.sessionId().orElseThrow();
        }
        assertThat(unknown).isEmpty();
        assertThat(events).containsExactlyElementsOf(ALL);
        events.clear();
        api.reply(Reply.text("resumed"));
        try (ClaudeSession session =
                ClaudeSession.open(options.toBuilder().resume(id).build())) {
            session.query("again");
            Eventually.within(SOON, events::toString, () -> events.contains("Stop"));
        }
        assertThat(events).doesNotContain("SessionStart", "SessionEnd");
    }

    @Test
    void aLongLimitOfAHookIsTakenByTheCli() {
        api.reply(TOUCH, Reply.text("done"));
        Hooks.Builder hooks = Hooks.builder()
                .on(HookEvent.PRE_TOOL_USE, HookSettings.matching("Bash").within(Duration.ofHours(24)), input -> {
                    Thread.sleep(1000); // a limit that is too long for a timer would be over at once
                    return PreToolUseOutput.allow();
                });
        try (ClaudeSession session = ClaudeSession.open(options(hooks).build())) {
            session.query("go");
        }
        assertThat(made()).exists();
    }
}
