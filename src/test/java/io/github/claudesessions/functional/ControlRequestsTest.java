package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.SessionControls;
import io.github.claudesessions.SettingSource;
import io.github.claudesessions.control.DirectoryChange;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.message.ControlRequestProgress;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.testing.FakeAnthropicApi;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every control request of a local host that has a method, on the real CLI, in one session. */
@Timeout(120)
class ControlRequestsTest {
    private static final FakeAnthropicApi API = FakeAnthropicApi.start();
    private static final List<Message> HEARD = new CopyOnWriteArrayList<>();

    @TempDir
    private static Path cwd;

    private static ClaudeSession session;

    @FunctionalInterface
    private interface Call {
        void run() throws Exception;
    }

    @BeforeAll
    static void open() throws IOException {
        Files.writeString(cwd.resolve("hello.txt"), "hello there");
        Files.createDirectories(cwd.resolve("sub"));
        API.replyWith(request -> Reply.text("an answer"));
        session = ClaudeSession.open(ClaudeOptions.builder()
                .env(API.environment())
                .cwd(cwd)
                .disallowedTool("WebFetch")
                .settingSource(SettingSource.LOCAL)
                .build());
        session.onMessage(HEARD::add);
        session.query("hello");
    }

    @AfterAll
    static void close() {
        session.close();
        NothingLeft.checkAndClose(API);
    }

    @TestFactory
    Stream<DynamicTest> answered() {
        SessionControls controls = session.controls();
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("get_session_cost", () -> assertThat(controls.costText()).contains("Estimated cost"));
        calls.put("get_usage", () -> {
            assertThat(controls.usage().session().totalCostUsd()).isPositive();
            assertThat(controls.usage().rateLimitsAvailable()).isFalse();
        });
        calls.put(
                "get_binary_version",
                () -> assertThat(controls.binaryVersion().version()).matches("\\d+\\.\\d+\\.\\d+"));
        calls.put("get_status", () -> {
            assertThat(controls.status()).isNotEmpty();
            assertThat(controls.status().toString())
                    .contains(session.sessionId().orElseThrow());
        });
        calls.put("list_permission_rules", () -> {
            assertThat(controls.permissionRules().rules().toString()).contains("deny", "WebFetch");
            assertThat(controls.permissionRules().managedOnly()).isFalse();
        });
        calls.put("get_hooks_listing", () -> assertThat(controls.hooks()).containsKeys("hooks", "eventCatalog"));
        calls.put("get_memory_dialog", () -> assertThat(controls.memory()).containsKeys("files", "auto_memory"));
        calls.put(
                "generate_session_title",
                () -> assertThat(controls.generateTitle("Fix the login")).isEqualTo("Made up"));
        calls.put("side_question", () -> {
            assertThat(controls.sideQuestion("what was that?").text()).isEqualTo("an answer");
            assertThat(controls.sideQuestion("and that?", Duration.ofSeconds(30))
                            .synthetic())
                    .isFalse();
            Eventually.within(
                    Duration.ofSeconds(20),
                    HEARD::toString,
                    () -> HEARD.stream().anyMatch(ControlRequestProgress.class::isInstance));
        });
        calls.put("export_conversation", () -> {
            assertThat(controls.exportConversation().text()).contains("hello", "an answer");
            assertThat(controls.exportConversation().defaultFilename()).endsWith(".txt");
        });
        calls.put("get_plan", () -> assertThat(controls.plan().exists()).isFalse());
        calls.put(
                "cancel_async_message",
                () -> assertThat(controls.cancelPrompt(UUID.randomUUID().toString()))
                        .isFalse());
        calls.put("read_file", () -> {
            assertThat(controls.readFile("hello.txt").contents()).isEqualTo("hello there");
            assertThat(controls.readFile("hello.txt").bytes())
                    .isEqualTo("hello there".getBytes(StandardCharsets.UTF_8));
            assertThat(controls.readFile("hello.txt", 5).truncated()).isTrue();
            assertThat(new String(controls.readFile("hello.txt", 5).bytes(), StandardCharsets.UTF_8))
                    .isEqualTo("hello");
            assertThatThrownBy(() -> controls.readFile("none.txt")).isInstanceOf(ControlException.class);
        });
        calls.put(
                "file_suggestions",
                () -> assertThat(controls.suggestFiles("hel")).isNotNull());
        calls.put(
                "seed_read_state",
                () -> controls.seedReadState(
                        cwd.resolve("hello.txt"),
                        Instant.ofEpochMilli(Files.getLastModifiedTime(cwd.resolve("hello.txt"))
                                .toMillis())));
        calls.put("get_workspace_diff", () -> {
            assertThat(controls.workspaceDiff().diff()).isNull();
            assertThat(controls.workspaceDiff().noDiffReason()).isEqualTo("no-repository");
        });
        calls.put("register_repo_root", () -> {
            Path repository = Files.createDirectories(cwd.resolve("repo/.git")).getParent();
            assertThat(controls.registerRepoRoot(repository)).endsWith("repo");
            assertThatThrownBy(() -> controls.registerRepoRoot(cwd)).isInstanceOf(ControlException.class);
        });
        calls.put("set_mcp_permission_mode_override", () -> {
            controls.overrideMcpPermissionMode("any", PermissionMode.DEFAULT);
            controls.overrideMcpPermissionMode("any", null);
            assertThatThrownBy(() -> controls.overrideMcpPermissionMode("any", PermissionMode.BYPASS_PERMISSIONS))
                    .isInstanceOf(ControlException.class);
        });
        calls.put("update_settings", () -> {
            controls.updateSettings(SettingSource.LOCAL, Map.of("outputStyle", "Explanatory"));
            assertThat(Files.readString(cwd.resolve(".claude/settings.local.json")))
                    .contains("Explanatory");
            assertThatThrownBy(() -> controls.updateSettings(SettingSource.LOCAL, Map.of("model", "opus")))
                    .isInstanceOf(ControlException.class);
            assertThatThrownBy(() -> controls.updateSettings(SettingSource.USER, Map.of("outputStyle", "default")))
                    .isInstanceOf(ControlException.class);
        });
        calls.put(
                "reload_output_styles",
                () -> assertThat(controls.reloadOutputStyles()).contains("default"));
        calls.put("set_has_subscribers", () -> session.control("set_has_subscribers", Map.of("has_subscribers", true)));
        calls.put(
                "set_proactivity_level",
                () -> assertThatThrownBy(() -> session.control("set_proactivity_level", Map.of("level", "default")))
                        .hasMessageContaining("not enabled"));
        calls.put("list_models", () -> assertThat(session.models()).isNotEmpty());
        calls.put(
                "get_context_usage",
                () -> assertThat(session.contextUsage().rawMaxTokens()).isPositive());
        calls.put(
                "get_settings", () -> assertThat(session.controls().settings()).containsKey("effective"));
        calls.put("apply_flag_settings", () -> session.controls().applyFlagSettings(Map.of("cleanupPeriodDays", 8)));
        calls.put("set_max_thinking_tokens", () -> session.controls().setMaxThinkingTokens(0));
        calls.put("rename_session", () -> session.controls().rename("A title"));
        calls.put(
                "reload_skills",
                () -> assertThat(session.controls().reloadSkills()).isNotNull());
        calls.put(
                "reload_plugins",
                () -> assertThat(session.controls().reloadPlugins()).containsKey("plugins"));
        calls.put("background_tasks", session.controls()::backgroundTasks);
        calls.put("stop_task, get_task_output", () -> {
            session.stopTask("none");
            assertThatThrownBy(() -> session.controls().taskOutput("none")).isInstanceOf(ControlException.class);
        });
        calls.put("set_model, set_permission_mode, interrupt", () -> {
            session.setModel("claude-sonnet-5");
            session.setModel(null);
            session.setPermissionMode(PermissionMode.PLAN);
            session.setPermissionMode(PermissionMode.DEFAULT);
            assertThat(session.interrupt(false).stillQueued()).isEmpty();
        });
        calls.put("set_cwd", () -> {
            assertThat(controls.changeDirectory(cwd.resolve("none")).reason()).isEqualTo("not_found");
            assertThat(trusting(controls, cwd.resolve("sub")).changed()).isTrue();
            assertThat(trusting(controls, cwd).changed()).isTrue();
        });
        return calls.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(
                        call.getKey(), () -> call.getValue().run()));
    }

    private static DirectoryChange trusting(SessionControls controls, Path folder) {
        DirectoryChange change = controls.changeDirectory(folder);
        if (!change.ok()) {
            assertThat(change.status()).isEqualTo("needs_trust");
            change = controls.changeDirectory(folder, String.valueOf(change.directory()));
        }
        assertThat(change.ok()).as(change.toString()).isTrue();
        return change;
    }

    @Test
    void anUnknownOneIsAnError() {
        assertThatThrownBy(() -> session.control("no_such_thing", Map.of()))
                .isInstanceOfSatisfying(
                        ControlException.class,
                        error -> assertThat(error.errorCode()).isEqualTo("unsupported_request"));
    }
}
