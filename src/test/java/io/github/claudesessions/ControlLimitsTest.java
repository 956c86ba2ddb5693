package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.internal.ManualTimer;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.Continuity;
import io.github.claudesessions.internal.protocol.OneProcess;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.protocol.SessionSettings;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.spi.Launch;
import io.github.claudesessions.testing.FakeClaude;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Every method that asks the CLI something, with a CLI that does not answer, and with one that answers with an error. */
@Timeout(60)
class ControlLimitsTest {
    private static final Duration CONTROL = Duration.ofSeconds(61);
    private static final Duration OWN = Duration.ofSeconds(7);
    private static final Path FILE = Path.of("file");

    /** What does not wait for an answer to a control request, or has an answer also without one: {@code probe}. */
    private static final Set<String> NOT_ASKING = Set.of(
            "ClaudeSession.query(String)",
            "ClaudeSession.query(Prompt)",
            "ClaudeSession.query(String, Class)",
            "ClaudeSession.query(Prompt, Class)",
            "ClaudeSession.stream(String)",
            "ClaudeSession.stream(Prompt)",
            "ClaudeSession.streamText(String)",
            "ClaudeSession.streamText(Prompt)",
            "ClaudeSession.send(String)",
            "ClaudeSession.send(Prompt)",
            "ClaudeSession.send(Prompt, SendPriority)",
            "ClaudeSession.serverInfo()",
            "ClaudeSession.controls()",
            "ClaudeSession.onMessage(Consumer)",
            "ClaudeSession.sessionId()",
            "ClaudeSession.tasks()",
            "ClaudeSession.cost()",
            "ClaudeSession.isIdle()",
            "ClaudeSession.awaitIdle(Duration)",
            "ClaudeSession.health()",
            "ClaudeSession.probe(Duration)",
            "ClaudeSession.pid()",
            "ClaudeSession.linkTo(Thread)",
            "ClaudeSession.linkTo(CompletionStage)",
            "ClaudeSession.close()",
            "ClaudeSession.toString()",
            "SentPrompt.uuid()",
            "SentPrompt.state()",
            "SentPrompt.started()",
            "SentPrompt.ended()",
            "SentPrompt.result()",
            "SentPrompt.toString()");

    private record Call(String subtype, Duration limit, Consumer<ClaudeSession> run) {}

    private final Map<String, Call> calls = new LinkedHashMap<>();

    ControlLimitsTest() {
        session("interrupt()", "interrupt", ClaudeSession::interrupt);
        session("interrupt(boolean)", "interrupt", session -> session.interrupt(false));
        session("setModel(String)", "set_model", session -> session.setModel("other"));
        session(
                "setPermissionMode(PermissionMode)",
                "set_permission_mode",
                session -> session.setPermissionMode(PermissionMode.PLAN));
        session("mcpServers()", "mcp_status", ClaudeSession::mcpServers);
        session("awaitMcpReady(Duration)", "mcp_status", session -> session.awaitMcpReady(Duration.ofHours(1)));
        session("setMcpServers(Map)", "mcp_set_servers", session -> session.setMcpServers(Map.of()));
        session("reconnectMcpServer(String)", "mcp_reconnect", session -> session.reconnectMcpServer("a"));
        session("toggleMcpServer(String, boolean)", "mcp_toggle", session -> session.toggleMcpServer("a", true));
        session("contextUsage()", "get_context_usage", ClaudeSession::contextUsage);
        session("models()", "list_models", ClaudeSession::models);
        session("rewindFiles(String, boolean)", "rewind_files", session -> session.rewindFiles("a", true));
        session("stopTask(String)", "stop_task", session -> session.stopTask("a"));
        session("control(String, Map)", "any_other", session -> session.control("any_other", Map.of()));
        add(
                "SentPrompt.cancel()",
                "cancel_async_message",
                CONTROL,
                session -> session.send("go").cancel());

        controls("costText()", "get_session_cost", SessionControls::costText);
        controls("usage()", "get_usage", SessionControls::usage);
        controls("binaryVersion()", "get_binary_version", SessionControls::binaryVersion);
        controls("status()", "get_status", SessionControls::status);
        controls("permissionRules()", "list_permission_rules", SessionControls::permissionRules);
        controls("hooks()", "get_hooks_listing", SessionControls::hooks);
        controls("memory()", "get_memory_dialog", SessionControls::memory);
        controls("generateTitle(String)", "generate_session_title", controls -> controls.generateTitle("a"));
        controls(
                "generateTitle(String, boolean)",
                "generate_session_title",
                controls -> controls.generateTitle("a", true));
        controls("sideQuestion(String)", "side_question", controls -> controls.sideQuestion("a"));
        add(
                "SessionControls.sideQuestion(String, Duration)",
                "side_question",
                OWN,
                session -> session.controls().sideQuestion("a", OWN));
        controls("exportConversation()", "export_conversation", SessionControls::exportConversation);
        controls("plan()", "get_plan", SessionControls::plan);
        controls("cancelPrompt(String)", "cancel_async_message", controls -> controls.cancelPrompt("a"));
        controls("readFile(String)", "read_file", controls -> controls.readFile("a"));
        controls("readFile(String, int)", "read_file", controls -> controls.readFile("a", 1));
        controls("suggestFiles(String)", "file_suggestions", controls -> controls.suggestFiles("a"));
        controls(
                "seedReadState(Path, Instant)",
                "seed_read_state",
                controls -> controls.seedReadState(FILE, Instant.EPOCH));
        controls("workspaceDiff()", "get_workspace_diff", SessionControls::workspaceDiff);
        controls("changeDirectory(Path)", "set_cwd", controls -> controls.changeDirectory(FILE));
        controls("changeDirectory(Path, String)", "set_cwd", controls -> controls.changeDirectory(FILE, "a"));
        controls("registerRepoRoot(Path)", "register_repo_root", controls -> controls.registerRepoRoot(FILE));
        controls(
                "overrideMcpPermissionMode(String, PermissionMode)",
                "set_mcp_permission_mode_override",
                controls -> controls.overrideMcpPermissionMode("a", null));
        controls(
                "updateSettings(SettingSource, Map)",
                "update_settings",
                controls -> controls.updateSettings(SettingSource.USER, Map.of()));
        controls("reloadOutputStyles()", "reload_output_styles", SessionControls::reloadOutputStyles);
        controls("setMaxThinkingTokens(int)", "set_max_thinking_tokens", controls -> controls.setMaxThinkingTokens(1));
        controls("taskOutput(String)", "get_task_output", controls -> controls.taskOutput("a"));
        controls("backgroundTasks()", "background_tasks", SessionControls::backgroundTasks);
        controls("backgroundTask(String)", "background_tasks", controls -> controls.backgroundTask("a"));
        controls("rename(String)", "rename_session", controls -> controls.rename("a"));
        controls("applyFlagSettings(Map)", "apply_flag_settings", controls -> controls.applyFlagSettings(Map.of()));
        controls("settings()", "get_settings", SessionControls::settings);
        controls("reloadSkills()", "reload_skills", SessionControls::reloadSkills);
        controls("reloadPlugins()", "reload_plugins", SessionControls::reloadPlugins);
    }

    private void session(String method, String subtype, Consumer<ClaudeSession> call) {
        add("ClaudeSession." + method, subtype, CONTROL, call);
    }

    private void controls(String method, String subtype, Consumer<SessionControls> call) {
        add("SessionControls." + method, subtype, CONTROL, session -> call.accept(session.controls()));
    }

    private void add(String method, String subtype, Duration limit, Consumer<ClaudeSession> call) {
        assertThat(calls.put(method, new Call(subtype, limit, call))).isNull();
    }

    @Test
    void allMethodsAreHere() {
        Set<String> named = new TreeSet<>(NOT_ASKING);
        named.addAll(calls.keySet());
        assertThat(named).hasSize(NOT_ASKING.size() + calls.size());
        assertThat(named)
                .as("a method that asks the CLI something belongs into the list of calls")
                .isEqualTo(Stream.of(ClaudeSession.class, SessionControls.class, SentPrompt.class)
                        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                        .filter(method -> Modifier.isPublic(method.getModifiers())
                                && !Modifier.isStatic(method.getModifiers())
                                && !method.isSynthetic())
                        .map(ControlLimitsTest::signature)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static String signature(Method method) {
        String types = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        return "%s.%s(%s)".formatted(method.getDeclaringClass().getSimpleName(), method.getName(), types);
    }

    @TestFactory
    Stream<DynamicTest> noneWaitsForEver() {
        return each((name, call) -> {
            CountDownLatch asked = new CountDownLatch(1);
            FakeClaude fake = FakeClaude.create().onControl(call.subtype(), request -> {
                asked.countDown();
                return null;
            });
            ManualTimer timer = new ManualTimer();
            try (ClaudeSession session = open(fake, timer)) {
                CompletableFuture<Void> answer = Fakes.async(() -> {
                    call.run().accept(session);
                    return null;
                });
                Fakes.await(asked);
                await(timer, call.limit());
                timer.advance(call.limit().minusNanos(1));
                assertThat(answer).isNotDone();
                timer.advance(Duration.ofNanos(1));
                assertThatThrownBy(answer::join)
                        .cause()
                        .asInstanceOf(type(TimeLimitException.class))
                        .satisfies(late -> {
                            assertThat(late.operation()).isEqualTo(call.subtype());
                            assertThat(late.limit()).isEqualTo(call.limit());
                        });
                assertThat(session.health()).isEqualTo(new Health.Healthy());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> anErrorOfTheCliSaysWhatWasAsked() {
        return each((name, call) -> {
            FakeClaude fake = FakeClaude.create().onControl(call.subtype(), request -> {
                throw new IllegalStateException("made up");
            });
            try (ClaudeSession session = open(fake, new ManualTimer())) {
                ControlException refused = catchThrowableOfType(
                        ControlException.class, () -> call.run().accept(session));
                assertThat(refused.subtype()).isEqualTo(call.subtype());
                assertThat(refused.error()).isEqualTo("made up");
                assertThat(refused.errorCode()).isNull();
                assertThat(refused).hasMessageContaining(call.subtype());
                assertThat(session.health()).isEqualTo(new Health.Healthy());
            }
        });
    }

    private Stream<DynamicTest> each(BiConsumer<String, Call> test) {
        return calls.entrySet().stream()
                .map(call -> DynamicTest.dynamicTest(call.getKey(), () -> test.accept(call.getKey(), call.getValue())));
    }

    /** Returns when the limit of the answer is the only one left: that of the writing is over. */
    private static void await(ManualTimer timer, Duration limit) {
        try {
            timer.await(limit, 1);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A session by a clock that stands still. */
    private static ClaudeSession open(FakeClaude fake, ManualTimer timer) {
        String id = UUID.randomUUID().toString();
        ClaudeOptions options =
                ClaudeOptions.builder().transport(fake).controlTimeout(CONTROL).build();
        SessionSettings settings = new SessionSettings(
                id,
                null,
                Json.object(),
                List.of(),
                false,
                false,
                options.maxLineBytes(),
                options.maxBufferedBytes(),
                options.stallLimits(),
                options.controlTimeout(),
                options.initializeTimeout(),
                null,
                Continuity.NONE,
                timer);
        Launch launch = new Launch(List.of("--session-id=" + id), Map.of(), null);
        SessionCore core = SessionCore.open(() -> fake.start(launch), settings);
        return new ClaudeSession(new OneProcess(core), options, () -> {});
    }
}
