package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.PermissionMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class CommandLineTest {
    private static final String OWN_ID = "--session-id=" + Options.NEW_ID;

    private static List<String> arguments(UnaryOperator<ClaudeOptions.Builder> setters) {
        return Options.commandLine(setters).launch().arguments();
    }

    private static JsonNode initialize(UnaryOperator<ClaudeOptions.Builder> setters) {
        return Options.commandLine(setters).initialize();
    }

    @Test
    void withoutOptionsTheSessionIsNewEmptyAndClosedToOthers() {
        CommandLine line = Options.commandLine(b -> b);

        assertThat(line.launch().arguments())
                .containsExactly(
                        "--output-format",
                        "stream-json",
                        "--verbose",
                        "--input-format",
                        "stream-json",
                        "--await-initialize",
                        "--initialize-fields=settings,disallowedTools",
                        OWN_ID,
                        "--setting-sources=");
        assertThat(line.initialize())
                .isEqualTo(Json.tree(Map.of(
                        "subtype",
                        "initialize",
                        "systemPrompt",
                        List.of(""),
                        "settings",
                        Map.of("crossSessionInbound", "refuse"),
                        "disallowedTools",
                        List.of("ListAgents"))));
        assertThat(line.confirmations()).containsExactly("settings_applied", "disallowed_tools_applied");
        assertThat(line.sessionId()).isEqualTo(Options.NEW_ID);
        assertThat(line.launch().cwd()).isNull();
    }

    private static Arguments maps(UnaryOperator<ClaudeOptions.Builder> setters, String... expected) {
        return Arguments.arguments(setters, List.of(expected));
    }

    static Stream<Arguments> flags() {
        return Stream.of(
                maps(b -> b.model("opus"), "--model=opus"),
                maps(b -> b.fallbackModel("a,b"), "--fallback-model=a,b"),
                maps(b -> b.effort(Effort.MAX), "--effort=max"),
                maps(b -> b.thinking(Thinking.adaptive()), "--thinking=adaptive"),
                maps(b -> b.thinking(Thinking.disabled()), "--thinking=disabled"),
                maps(b -> b.thinking(Thinking.enabled(4096)), "--max-thinking-tokens=4096"),
                maps(b -> b.betas("one", "two"), "--betas=one", "--betas=two"),
                maps(b -> b.maxTurns(7), "--max-turns=7"),
                maps(b -> b.maxBudgetUsd(0.00001), "--max-budget-usd=0.000010"),
                maps(b -> b.maxBudgetUsd(12_345_678_901.5), "--max-budget-usd=12345678901.5"),
                maps(b -> b.includePartialMessages(true), "--include-partial-messages"),
                maps(b -> b.tools(), "--tools="),
                maps(b -> b.tools("Read", "Bash"), "--tools=Read,Bash"),
                maps(
                        b -> b.allowedTools("Read", "Bash(git log, --oneline)"),
                        "--allowedTools=Read",
                        "--allowedTools=Bash(git log, --oneline)"),
                maps(b -> b.permissionMode(PermissionMode.ACCEPT_EDITS), "--permission-mode=acceptEdits"),
                maps(
                        b -> b.addDirs(Path.of("/a b"), Path.of("/c")),
                        "--add-dir=" + Path.of("/a b").toAbsolutePath(),
                        "--add-dir=" + Path.of("/c").toAbsolutePath()),
                maps(
                        b -> b.permissionPromptToolName("mcp__gate__decide"),
                        "--permission-prompt-tool=mcp__gate__decide"),
                maps(b -> b.persistSession(false), "--no-session-persistence"),
                maps(b -> b.strictMcpConfig(true), "--strict-mcp-config"),
                maps(b -> b.extraArg("name", "-x y"), "--name=-x y"),
                maps(b -> b.extraArg("name", ""), "--name="));
    }

    @ParameterizedTest
    @MethodSource("flags")
    void anOptionIsAddedToTheArguments(UnaryOperator<ClaudeOptions.Builder> setters, List<String> expected) {
        List<String> added = new ArrayList<>(arguments(setters));
        added.removeAll(arguments(b -> b));

        assertThat(added).isEqualTo(expected);
        assertThat(initialize(setters)).isEqualTo(initialize(b -> b));
    }

    @Test
    void settingSourcesAreAlwaysSaid() {
        assertThat(arguments(b -> b.settingSources(SettingSource.USER, SettingSource.PROJECT)))
                .contains("--setting-sources=user,project")
                .doesNotContain("--setting-sources=");
    }

    @Test
    void disallowedToolsTravelInTheRequest() {
        CommandLine line = Options.commandLine(b -> b.disallowedTools("Bash(rm:*)", "ListAgents"));

        assertThat(Json.map(line.initialize())).containsEntry("disallowedTools", List.of("Bash(rm:*)", "ListAgents"));
        assertThat(line.launch().arguments().toString()).doesNotContain("rm:*");
    }

    @Test
    void peerMessagingOpensTheSession() {
        CommandLine line = Options.commandLine(b -> b.peerMessaging(true));

        assertThat(line.launch().arguments())
                .contains("--await-initialize")
                .noneMatch(argument -> argument.startsWith("--initialize-fields"));
        assertThat(Json.map(line.initialize())).doesNotContainKeys("settings", "disallowedTools");
        assertThat(line.confirmations()).isEmpty();

        CommandLine with = Options.commandLine(b -> b.peerMessaging(true).disallowedTool("Bash"));
        assertThat(with.launch().arguments()).contains("--initialize-fields=disallowedTools");
        assertThat(with.confirmations()).containsExactly("disallowed_tools_applied");
    }

    @Test
    void theSystemPromptTravelsInTheRequest() {
        assertThat(Json.map(initialize(b -> b.systemPrompt("x")))).containsEntry("systemPrompt", List.of("x"));
        assertThat(Json.map(initialize(b -> b.systemPrompt(SystemPrompt.claudeCode()))))
                .doesNotContainKeys("systemPrompt", "appendSystemPrompt");
        assertThat(Json.map(initialize(b -> b.appendSystemPrompt("more"))))
                .doesNotContainKey("systemPrompt")
                .containsEntry("appendSystemPrompt", "more");
    }

    @Test
    void aSystemPromptOfFiveMegabytesIsNotAnArgument() {
        String prompt = "\u00e4\n\"".repeat(5_000_000 / 3);
        CommandLine line = Options.commandLine(b -> b.systemPrompt(prompt));

        assertThat(line.launch().arguments()).isEqualTo(arguments(b -> b));
        assertThat(line.launch().environment())
                .isEqualTo(Options.commandLine(b -> b).launch().environment());
        assertThat(line.initialize().path("systemPrompt").path(0).textValue()).isEqualTo(prompt);
        assertThat(line.toString()).hasSizeLessThan(2_000);
    }

    @Test
    void aConversationThatGoesOnKeepsItsIdAndTakesThePromptOfNow() {
        CommandLine resumed = Options.commandLine(b -> b.resume(Options.ID));
        assertThat(resumed.sessionId()).isEqualTo(Options.ID);
        assertThat(resumed.launch().arguments())
                .contains("--resume=" + Options.ID)
                .noneMatch(argument -> argument.startsWith("--session-id"));

        CommandLine titled = Options.commandLine(b -> b.resumeTitle("--my title"));
        assertThat(titled.sessionId()).isNull();
        assertThat(titled.launch().arguments()).contains("--resume=--my title");

        CommandLine latest = Options.commandLine(b -> b.continueConversation(true));
        assertThat(latest.sessionId()).isNull();
        assertThat(latest.launch().arguments())
                .contains("--continue")
                .noneMatch(argument -> argument.startsWith("--session-id"));

        assertThat(Stream.of(resumed, titled, latest)
                        .map(line -> line.initialize().get("systemPromptSnapshot")))
                .allMatch(snapshot -> snapshot != null && !snapshot.booleanValue());
        assertThat(Json.map(initialize(b -> b))).doesNotContainKey("systemPromptSnapshot");
    }

    @Test
    void aForkHasAnIdOfItsOwn() {
        CommandLine fork = Options.commandLine(b -> b.resume(Options.ID).forkSession(true));
        assertThat(fork.sessionId()).isEqualTo(Options.NEW_ID);
        assertThat(fork.launch().arguments()).contains("--resume=" + Options.ID, "--fork-session", OWN_ID);
        assertThat(Json.map(fork.initialize())).containsEntry("systemPromptSnapshot", false);

        assertThat(arguments(b -> b.continueConversation(true).forkSession(true)))
                .contains("--continue", "--fork-session", OWN_ID);
        assertThat(arguments(b -> b.resumeTitle("t").forkSession(true).sessionId(Options.ID)))
                .contains("--resume=t", "--fork-session", "--session-id=" + Options.ID);
        assertThat(Options.commandLine(b -> b.sessionId(Options.ID)).sessionId())
                .isEqualTo(Options.ID);
    }

    private static Arguments dash(String flag, UnaryOperator<ClaudeOptions.Builder> setters) {
        return Arguments.arguments(flag, setters);
    }

    static Stream<Arguments> dashes() {
        return Stream.of(
                dash("--model=", b -> b.model("--dangerous")),
                dash("--model=", b -> b.model("a --dangerous")),
                dash("--fallback-model=", b -> b.fallbackModel("--dangerous")),
                dash("--effort=", b -> b.effort(new Effort("--dangerous"))),
                dash("--betas=", b -> b.beta("--dangerous")),
                dash("--tools=", b -> b.tool("--dangerous")),
                dash("--allowedTools=", b -> b.allowedTool("--dangerous")),
                dash("--permission-mode=", b -> b.permissionMode(new PermissionMode("--dangerous"))),
                dash("--setting-sources=", b -> b.settingSource(new SettingSource("--dangerous"))),
                dash("--resume=", b -> b.resumeTitle("--dangerous")),
                dash("--add-dir=", b -> b.addDir(Path.of("--dangerous"))),
                dash("--name=", b -> b.extraArg("name", "--dangerous")));
    }

    @ParameterizedTest
    @MethodSource("dashes")
    void aValueNeverBecomesAFlag(String flag, UnaryOperator<ClaudeOptions.Builder> setters) {
        assertThat(arguments(setters))
                .filteredOn(argument -> argument.contains("--dangerous"))
                .singleElement()
                .asString()
                .startsWith(flag);
    }

    @Test
    void everyArgumentButTheFirstFiveStandsAlone() {
        List<String> all = CommandLine.of(Options.all(), Options.NEW_ID, Options.HOST)
                .launch()
                .arguments();

        assertThat(all.subList(5, all.size())).allMatch(argument -> argument.startsWith("--"));
    }

    @Test
    void anExtraArgumentCanNotNameAFlagThatAnOptionSets() {
        TreeSet<String> flags = new TreeSet<>();
        Stream.concat(
                        Options.SAMPLES.keySet().stream().map(Options::sample),
                        Stream.of(Options.all().toBuilder()
                                .extraArgs(Map.of())
                                .thinking(Thinking.adaptive())
                                .build()))
                .map(options -> options.toBuilder().extraArgs(Map.of()).build())
                .map(options -> CommandLine.of(options, Options.NEW_ID, Options.HOST))
                .flatMap(line -> line.launch().arguments().stream())
                .filter(argument -> argument.startsWith("--"))
                .forEach(argument -> flags.add(argument.substring(2).replaceAll("=.*", "")));

        assertThat(flags).contains("model", "allowedTools", "thinking", "max-thinking-tokens", "resume");
        assertThat(flags).allMatch(flag -> flag.equals("allowedTools") || Rules.owns(flag));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "settings",
                "print",
                "version",
                "help",
                "dangerously-skip-permissions",
                "mcp-config",
                "system-prompt"
            })
    void anExtraArgumentCanNotChangeWhatTheLibraryReliesOn(String flag) {
        assertThatThrownBy(() -> ClaudeOptions.builder().extraArg(flag, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(flag);
    }

    @Test
    void secretsAreNoArguments() {
        List<String> all = CommandLine.of(
                        Options.all().toBuilder().extraArgs(Map.of()).build(), Options.NEW_ID, Options.HOST)
                .launch()
                .arguments();

        assertThat(all.toString()).doesNotContain(Options.SECRET);
    }

    @Test
    void theSameOptionsGiveTheSameCommandLine() {
        assertThat(CommandLine.of(Options.all(), Options.NEW_ID, Options.HOST))
                .isEqualTo(CommandLine.of(Options.all(), Options.NEW_ID, Options.HOST));
    }

    @Test
    void rootMayBypassPermissionsOnlyInASandbox() {
        Host root = new Host(Map.of(), true, false);
        ClaudeOptions bypass = ClaudeOptions.builder()
                .permissionMode(PermissionMode.BYPASS_PERMISSIONS)
                .build();

        assertThatThrownBy(() -> CommandLine.of(bypass, Options.NEW_ID, root))
                .isInstanceOfSatisfying(
                        LaunchException.class,
                        e -> assertThat(e.reason()).isEqualTo(LaunchException.Reason.ROOT_BYPASS))
                .hasMessageContaining("env(\"IS_SANDBOX\", \"1\")");
        assertThatThrownBy(() -> CommandLine.of(
                        bypass.toBuilder().env("IS_SANDBOX", "0").build(),
                        Options.NEW_ID,
                        new Host(Map.of("IS_SANDBOX", "1"), true, false)))
                .isInstanceOf(LaunchException.class);

        List<CommandLine> fine = List.of(
                CommandLine.of(bypass, Options.NEW_ID, Options.HOST),
                CommandLine.of(bypass.toBuilder().env("IS_SANDBOX", "1").build(), Options.NEW_ID, root),
                CommandLine.of(bypass, Options.NEW_ID, new Host(Map.of("IS_SANDBOX", "1"), true, false)),
                CommandLine.of(bypass.toBuilder().transport(Options.TRANSPORT).build(), Options.NEW_ID, root));
        assertThat(fine).allMatch(line -> line.launch().arguments().contains("--permission-mode=bypassPermissions"));
        assertThat(CommandLine.of(ClaudeOptions.defaults(), Options.NEW_ID, root)
                        .launch()
                        .arguments())
                .isNotEmpty();
    }

    @Test
    void theWorkingDirectoryIsOfTheLaunch() {
        assertThat(Options.commandLine(b -> b.cwd(Path.of("x"))).launch().cwd())
                .isEqualTo(Path.of("x").toAbsolutePath());
    }

    @Test
    void thisMachineIsReadable() {
        Host host = Host.current();

        assertThat(host.environment()).isEqualTo(System.getenv());
        assertThat(host.toString()).startsWith("Host[environment of ");
    }
}
