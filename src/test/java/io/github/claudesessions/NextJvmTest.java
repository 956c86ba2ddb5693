package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.control.Budget;
import io.github.claudesessions.error.BudgetExceededException;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.permission.PermissionBehavior;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionRule;
import io.github.claudesessions.permission.PermissionUpdate;
import io.github.claudesessions.testing.FakeClaude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was changed at run time, and what was spent, holds in the next JVM, also if this one is killed. */
@Timeout(60)
@Tag("unix")
class NextJvmTest {
    private static final List<String> REPLAYED = List.of(
            "apply_flag_settings",
            "mcp_toggle",
            "mcp_set_servers",
            "set_mcp_permission_mode_override",
            "set_max_thinking_tokens",
            "register_repo_root");

    private final FakeClaude fake = FakeClaude.create();
    private final ClaudeOptions options = Fakes.options(fake).toBuilder()
            .permissionMode(PermissionMode.ACCEPT_EDITS)
            .build();

    @TempDir
    Path temp;

    private int jvms;

    @BeforeEach
    void script() {
        REPLAYED.forEach(subtype -> fake.onControl(subtype, request -> Map.of()));
        fake.onControl("set_cwd", request -> Map.of("status", "ok"));
        fake.otherwise(turn -> turn.result(turn.prompt()));
    }

    private Path state() {
        return temp.resolve("state" + jvms);
    }

    private Path record() {
        try (Stream<Path> files = Files.list(state().resolve("sessions"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SessionSupervisor open() {
        return SessionSupervisor.builder()
                .backoff(Backoff.none())
                .stateFolder(state())
                .open();
    }

    /** What a turn says is written beside it; within the time limit of the test. */
    private void awaitRecord(String part) throws IOException {
        while (!Files.readString(record()).contains(part)) {
            Thread.onSpinWait();
        }
    }

    /** Goes on with what there is in the state folder now, as if the JVM had been killed. */
    private void nextJvm() {
        try {
            Path before = record();
            jvms++;
            open().close(); // makes the folders
            Files.copy(before, state().resolve("sessions").resolve(before.getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes something in a session and has its JVM killed; {@code then} gets the session in the next one. */
    private void overJvms(ClaudeOptions next, Consumer<ClaudeSession> change, Consumer<ClaudeSession> then) {
        try (SessionSupervisor supervisor = open()) {
            change.accept(supervisor.start("a", options));
            nextJvm();
        }
        for (int i = 0; i < 2; i++) { // the third goes on from what the second has taken over
            try (SessionSupervisor supervisor = open()) {
                then.accept(supervisor.start("a", next));
                nextJvm();
            }
        }
    }

    private List<String> lastArguments() {
        return fake.launches().getLast().arguments();
    }

    /** The control requests of the latest process. */
    private List<Map<?, ?>> lastRequests() {
        List<Map<?, ?>> requests = new ArrayList<>();
        for (Map<String, Object> line : fake.received()) {
            if (line.get("request") instanceof Map<?, ?> request) {
                if ("initialize".equals(request.get("subtype"))) {
                    requests.clear();
                }
                requests.add(request);
            }
        }
        return requests;
    }

    private void replays(String subtype, String field, Object value) {
        assertThat(lastRequests()).anySatisfy(request -> {
            assertThat(request.get("subtype")).isEqualTo(subtype);
            assertThat(request.get(field)).isEqualTo(value);
        });
    }

    @Test
    void permissionMode() {
        overJvms(
                options,
                session -> session.setPermissionMode(PermissionMode.PLAN),
                session -> assertThat(lastArguments()).contains("--permission-mode=plan"));
    }

    @Test
    void permissionModeThatTheCliHasChanged() throws IOException {
        fake.turn(turn -> turn.result("begun"));
        fake.turn(turn -> {
            turn.send(Map.of("type", "system", "subtype", "status", "permissionMode", "plan"));
            turn.result("planning");
        });
        try (SessionSupervisor supervisor = open()) {
            ClaudeSession session = supervisor.start("a", options);
            session.query("one");
            session.query("two");
            awaitRecord("plan");
            nextJvm();
        }
        try (SessionSupervisor supervisor = open()) {
            supervisor.start("a", options);
            assertThat(lastArguments()).contains("--permission-mode=plan");
        }
    }

    @Test
    void permissionModeThatWasNotChangedIsThatOfTheOptions() {
        ClaudeOptions stricter =
                options.toBuilder().permissionMode(PermissionMode.PLAN).build();
        overJvms(stricter, session -> session.query("hello"), session -> {
            assertThat(lastArguments()).contains("--permission-mode=plan");
            session.query("hello again");
        });
    }

    @Test
    void model() {
        overJvms(
                options,
                session -> session.setModel("other"),
                session -> assertThat(lastArguments()).contains("--model=other"));
    }

    @Test
    void defaultModel() {
        overJvms(
                options.toBuilder().model("opus").build(),
                session -> session.setModel(null),
                session -> assertThat(lastArguments()).noneMatch(argument -> argument.startsWith("--model=")));
    }

    @Test
    void thinking() {
        overJvms(options, session -> session.controls().setMaxThinkingTokens(7), session -> {
            replays("set_max_thinking_tokens", "max_thinking_tokens", 7);
        });
    }

    @Test
    void mcpServers() {
        McpServer server = McpServer.http("https://example.org/mcp").header("X-Key", "s3cret-value");
        overJvms(options, session -> session.setMcpServers(Map.of("late", server)), session -> {
            assertThat(lastRequests())
                    .anySatisfy(request ->
                            assertThat(String.valueOf(request.get("servers"))).contains("late", "s3cret-value"));
        });
    }

    @Test
    void mcpServersThatAreSwitchedOffAndAskMoreOften() {
        overJvms(
                options,
                session -> {
                    session.toggleMcpServer("docs", false);
                    session.controls().overrideMcpPermissionMode("docs", PermissionMode.DEFAULT);
                },
                session -> {
                    replays("mcp_toggle", "enabled", false);
                    replays("set_mcp_permission_mode_override", "mode", "default");
                });
    }

    @Test
    void serversAreThereBeforeOneIsSwitchedOff() {
        McpServer docs = McpServer.stdio("docs");
        overJvms(
                options,
                session -> {
                    session.setMcpServers(Map.of("docs", docs));
                    session.toggleMcpServer("docs", false);
                    session.setMcpServers(Map.of("docs", docs, "more", docs));
                },
                session -> assertThat(lastRequests())
                        .extracting(request -> String.valueOf(request.get("subtype")))
                        .containsSubsequence("mcp_set_servers", "mcp_toggle"));
    }

    @Test
    void flagSettings() {
        overJvms(
                options,
                session -> {
                    session.controls().applyFlagSettings(Map.of("one", 1));
                    session.controls().applyFlagSettings(Map.of("two", 2));
                },
                session -> replays("apply_flag_settings", "settings", Map.of("one", 1, "two", 2)));
    }

    @Test
    void foldersAndRules() {
        PermissionUpdate[] updates = {
            PermissionUpdate.addRules(PermissionBehavior.ALLOW, PermissionRule.of("Bash", "echo \"(\":*")),
            PermissionUpdate.addRules(PermissionBehavior.DENY, PermissionRule.of("WebFetch")),
            PermissionUpdate.addRules(PermissionBehavior.ASK, PermissionRule.of("Write")),
            PermissionUpdate.addDirectories("/more")
        };
        fake.turn(turn -> {
            turn.ask(
                    "can_use_tool",
                    Map.of("tool_name", "Bash", "input", Map.of("command", "ls"), "tool_use_id", "toolu_1"));
            turn.result("done");
        });
        ClaudeOptions asking = options.toBuilder()
                .permissionHandler(request -> PermissionDecision.allow().remember(updates))
                .build();
        try (SessionSupervisor supervisor = open()) {
            supervisor.start("a", asking).query("go");
            nextJvm();
        }
        for (int i = 0; i < 2; i++) {
            try (SessionSupervisor supervisor = open()) {
                supervisor.start("a", options);
                nextJvm();
            }
            assertThat(lastArguments()).contains("--add-dir=/more");
            assertThat(String.valueOf(lastRequests().getFirst())).contains("deny=[WebFetch]", "ask=[Write]");
            assertThat(lastRequests().toString())
                    .contains("subtype=apply_flag_settings", "allow=[Bash(echo \"\\(\":*)]");
        }
    }

    @Test
    void workingFolderAndRepositories() {
        overJvms(
                options,
                session -> {
                    session.controls().registerRepoRoot(Path.of("/repo"));
                    session.controls().changeDirectory(Path.of("/there"));
                    fake.onControl("set_cwd", request -> Map.of("status", "rejected"));
                    session.controls().changeDirectory(Path.of("/nowhere"));
                    fake.onControl("set_cwd", request -> Map.of("status", "ok"));
                },
                session -> {
                    replays("register_repo_root", "directory", "/repo");
                    replays("set_cwd", "path", "/there");
                    assertThat(lastRequests()).noneMatch(request -> "/nowhere".equals(request.get("path")));
                });
    }

    @Test
    void aConversationThatTheOptionsNameTooIsTheSame() throws IOException {
        try (SessionSupervisor supervisor = open()) {
            ClaudeSession session = supervisor.start(
                    "a", options.toBuilder().sessionId(Options.ID).build());
            session.query("hello");
            session.setPermissionMode(PermissionMode.PLAN);
            awaitRecord("\"spoken\":true");
            nextJvm();
        }
        for (ClaudeOptions same : List.of(
                options.toBuilder().sessionId(Options.ID).build(),
                options.toBuilder().resume(Options.ID).build())) {
            try (SessionSupervisor supervisor = open()) {
                supervisor.start("a", same);
                assertThat(lastArguments()).contains("--resume=" + Options.ID, "--permission-mode=plan");
            }
        }
    }

    @Test
    void theSystemPromptIsThatOfTheNewOptions() {
        try (SessionSupervisor supervisor = open()) {
            supervisor.start("a", options).query("hello");
        }
        try (SessionSupervisor supervisor = open()) {
            supervisor.start("a", options.toBuilder().systemPrompt("another").build());
            assertThat(lastRequests().getFirst().get("systemPromptSnapshot")).isEqualTo(false);
            supervisor.restart("a");
            assertThat(lastRequests().getFirst().get("systemPromptSnapshot")).isEqualTo(true);
        }
    }

    // ---- what can't be taken over

    @Test
    void aServerThatIsNoLongerThereIsNotMissed() {
        try (SessionSupervisor supervisor = open()) {
            supervisor.start("a", options).toggleMcpServer("docs", false);
            nextJvm();
        }
        FakeClaude without = FakeClaude.create();
        try (SessionSupervisor supervisor = open()) {
            supervisor.start("a", Fakes.options(without));
            assertThat(without.running()).isEqualTo(1);
        }
    }

    @Test
    void settingsThatAreRefusedFailTheStartAndStay() {
        try (SessionSupervisor supervisor = open()) {
            supervisor.start("a", options).controls().applyFlagSettings(Map.of("strict", true));
            nextJvm();
        }
        FakeClaude refusing = FakeClaude.create();
        try (SessionSupervisor supervisor = open()) {
            assertThatThrownBy(() -> supervisor.start("a", Fakes.options(refusing)))
                    .isInstanceOf(ControlException.class);
            assertThat(record()).content().contains("strict");
        }
    }

    @Test
    void aRecordThatCanNotBeReadLetsNothingBegin() throws IOException {
        try (SessionSupervisor supervisor = open()) {
            supervisor.start("b", options).query("hello");
            supervisor.terminate("b");
            supervisor.start("a", options).setPermissionMode(PermissionMode.PLAN);
        }
        Path file = record();
        String whole = Files.readString(file);
        int launched = fake.launches().size();
        for (String broken : List.of(
                "",
                whole.substring(0, whole.length() / 2),
                whole.replace("\"version\":1", "\"version\":2"),
                whole.replace("\"version\":1,", ""),
                whole.replace("\"spent\"", "\"other\""),
                whole.replace("\"requests\":[]", "\"requests\":[{\"subtype\":\"made_up\",\"body\":{}}]"),
                whole.replace("\"permissionMode\":\"plan\"", "\"permissionMode\":null"))) {
            Files.writeString(file, broken);
            try (SessionSupervisor supervisor = open()) {
                for (int i = 0; i < 2; i++) {
                    LaunchException refused =
                            catchThrowableOfType(LaunchException.class, () -> supervisor.perUser("a", options));
                    assertThat(refused).as(broken).isNotNull();
                    assertThat(refused.reason()).isEqualTo(LaunchException.Reason.BROKEN_RECORD);
                    assertThat(refused).hasMessageContaining("\"a\"").hasMessageContaining(file.toString());
                }
                supervisor.perUser("other", options);
                assertThat(fake.launches()).hasSize(launched);
            }
            assertThat(file).content().isEqualTo(broken);
        }
        Files.delete(file);
        try (SessionSupervisor supervisor = open()) {
            assertThat(supervisor.perUser("a", options).sessionId()).isEmpty();
        }
    }

    // ---- secrets

    @Test
    void onlyTheOwnerCanReadARecordAndWhatTheOptionsHaveIsNotInIt() throws IOException {
        ClaudeOptions secret = options.toBuilder()
                .apiKey(Options.SECRET)
                .mcpServer("docs", McpServer.stdio("docs").env("KEY", Options.SECRET))
                .build();
        try (SessionSupervisor supervisor = open()) {
            ClaudeSession session = supervisor.start("a", secret);
            session.setPermissionMode(PermissionMode.PLAN);
            session.query("the prompt");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(record())))
                    .isEqualTo("rw-------");
            assertThat(record()).content().doesNotContain(Options.SECRET, "the prompt");
        }
        assertThat(record()).content().doesNotContain(Options.SECRET, "the prompt");
    }

    // ---- what was spent, and for how long

    @Test
    void costAndBudgetGoOn() {
        ClaudeOptions limited =
                options.toBuilder().budget(Budget.hard().turns(2)).build();
        try (SessionSupervisor supervisor = open()) {
            supervisor.start("a", limited).query("one");
        }
        try (SessionSupervisor supervisor = open()) {
            ClaudeSession session = supervisor.perUser("a", limited);
            assertThat(session.cost().turns()).isEqualTo(1);
            session.query("two");
            assertThat(session.cost().turns()).isEqualTo(2);
        }
        try (SessionSupervisor supervisor = open()) {
            ClaudeSession session = supervisor.perUser("a", limited);
            assertThat(session.cost().turns()).isEqualTo(2);
            assertThatThrownBy(() -> session.query("three")).isInstanceOf(BudgetExceededException.class);
        }
        assertThat(fake.prompts()).containsExactly("one", "two");
    }

    @Test
    void theLimitOfTheCliIsWhatRemains() {
        ClaudeOptions limited = options.toBuilder().maxBudgetUsd(1.0).build();
        try (SessionSupervisor supervisor = open()) {
            assertThat(supervisor.start("a", limited).query("one").costUsd()).isEqualTo(0.001);
        }
        try (SessionSupervisor supervisor = open()) {
            ClaudeSession session = supervisor.start("a", limited);
            assertThat(lastArguments()).contains("--max-budget-usd=0.999");
            assertThat(session.cost().usd()).isEqualTo(0.001);
        }
    }

    @Test
    void aSessionThatIsTooOldIsNotGoneOnWith() throws IOException {
        ClaudeOptions limited =
                options.toBuilder().sessionTimeout(Duration.ofHours(1)).build();
        String id;
        try (SessionSupervisor supervisor = open()) {
            id = supervisor.start("a", limited).sessionId().orElseThrow();
        }
        try (SessionSupervisor supervisor = open()) {
            assertThat(supervisor.perUser("a", limited).sessionId()).contains(id);
        }
        String whole = Files.readString(record());
        Files.writeString(record(), whole.replaceFirst("\"opened\":\"[^\"]*\"", "\"opened\":\"2026-01-01T00:00:00Z\""));
        try (SessionSupervisor supervisor = open()) {
            assertThat(supervisor.start("a", limited).sessionId()).isPresent().isNotEqualTo(Optional.of(id));
        }
    }
}
