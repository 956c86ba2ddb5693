package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.error.SessionStartException;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.testing.FakeClaude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class ExtensionsTest {
    private static Map<String, Object> initialize(UnaryOperator<ClaudeOptions.Builder> setters) {
        return Json.map(Options.commandLine(setters).initialize());
    }

    private static Arguments maps(UnaryOperator<ClaudeOptions.Builder> setters, String... expected) {
        return Arguments.arguments(setters, List.of(expected));
    }

    @Test
    void variablesWinOverThoseOfSettingsFiles() {
        assertThat(initialize(b -> b.env("A", "1")))
                .extracting("settings")
                .asString()
                .doesNotContain("env");
        assertThat(Options.commandLine(b -> b.settingSources(SettingSource.USER)
                                .apiKey("sk-secret")
                                .env("A", "1")
                                .env("B", "2")
                                .settings(Map.of("env", Map.of("B", "3", "C", "4"))))
                        .initialize()
                        .at("/settings/env"))
                .isEqualTo(Json.objectOf(Map.of("ANTHROPIC_API_KEY", "sk-secret", "A", "1", "B", "3", "C", "4")));
    }

    static Stream<Arguments> flags() {
        return Stream.of(
                maps(b -> b.agent("reviewer"), "--agent=reviewer"),
                maps(b -> b.agent("--x"), "--agent=--x"),
                maps(b -> b.taskBudget(9), "--task-budget=9"),
                maps(b -> b.thinkingDisplay(ThinkingDisplay.HIGHLIGHTS), "--thinking-display=highlights"),
                maps(b -> b.includeHookEvents(true), "--include-hook-events"),
                maps(b -> b.allowDangerouslySkipPermissions(true), "--allow-dangerously-skip-permissions"),
                maps(b -> b.permissionPrompts(PermissionPrompts.NONE), "--permission-prompts=none"),
                maps(b -> b.permissionPrompts(PermissionPrompts.HOST)),
                maps(
                        b -> b.projectConfigRoot(Path.of("x")),
                        "--project-config-root=" + Path.of("x").toAbsolutePath()),
                maps(b -> b.debug(true), "--debug"),
                maps(b -> b.debug("api").debug(false)),
                maps(b -> b.debug("api,hooks"), "--debug=api,hooks"),
                maps(
                        b -> b.debugFile(Path.of("d")),
                        "--debug-file=" + Path.of("d").toAbsolutePath()),
                maps(b -> b.allowedTool("Skill").skills(Skills.all()), "--allowedTools=Skill"));
    }

    @ParameterizedTest
    @MethodSource("flags")
    void someAreFlags(UnaryOperator<ClaudeOptions.Builder> setters, List<String> expected) {
        List<String> added =
                new ArrayList<>(Options.commandLine(setters).launch().arguments());
        added.removeAll(Options.commandLine(b -> b).launch().arguments());
        assertThat(added).isEqualTo(expected);
        assertThat(initialize(setters)).isEqualTo(initialize(b -> b));
    }

    private static Arguments fields(UnaryOperator<ClaudeOptions.Builder> setters, Map<String, ?> expected) {
        return Arguments.arguments(setters, expected);
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                fields(b -> b.title("t"), Map.of("title", "t")),
                fields(b -> b.planModeInstructions("p"), Map.of("planModeInstructions", "p")),
                fields(b -> b.promptSuggestions(true), Map.of("promptSuggestions", true)),
                fields(b -> b.agentProgressSummaries(true), Map.of("agentProgressSummaries", true)),
                fields(b -> b.forwardSubagentText(true), Map.of("forwardSubagentText", true)),
                fields(b -> b.perTaskStopAffordance(true), Map.of("perTaskStopAffordance", true)),
                fields(b -> b.toolAlias("Bash", "mcp__a__b"), Map.of("toolAliases", Map.of("Bash", "mcp__a__b"))),
                fields(b -> b.systemPromptSnapshot(false), Map.of("systemPromptSnapshot", false)),
                fields(
                        b -> b.systemPrompt(SystemPrompt.text("a", "b")),
                        Map.of("systemPrompt", List.of("a", "__SYSTEM_PROMPT_DYNAMIC_BOUNDARY__", "b"))),
                fields(
                        b -> b.agent("r", AgentDefinition.of("d", "p")),
                        Map.of("agents", Map.of("r", Map.of("description", "d", "prompt", "p")))));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void othersTravelInTheRequest(UnaryOperator<ClaudeOptions.Builder> setters, Map<String, ?> expected) {
        Map<String, Object> all = new HashMap<>(initialize(b -> b));
        all.putAll(expected);
        assertThat(initialize(setters)).isEqualTo(all);
        assertThat(Options.commandLine(setters).launch())
                .isEqualTo(Options.commandLine(b -> b).launch());
    }

    @Test
    void thePromptOfClaudeCodeWithoutDynamicSections() {
        UnaryOperator<ClaudeOptions.Builder> setters =
                b -> b.systemPrompt(SystemPrompt.claudeCode().withoutDynamicSections())
                        .appendSystemPrompt("more");
        assertThat(initialize(setters))
                .containsEntry("excludeDynamicSections", true)
                .containsEntry("appendSystemPrompt", "more")
                .doesNotContainKey("systemPrompt");
    }

    @Test
    void everyFieldOfAnAgentIsSent() {
        AgentDefinition agent = AgentDefinition.builder("d", "p")
                .tools("Read", "Bash(git log:*)")
                .disallowedTools("Edit")
                .model("inherit")
                .mcpServers("docs")
                .skills("pdf")
                .maxTurns(3)
                .background(false)
                .omitClaudeMd(true)
                .memory(AgentMemory.PROJECT)
                .effort(Effort.HIGH)
                .permissionMode(PermissionMode.PLAN)
                .initialPrompt("go")
                .autoCompactWindow(100_000)
                .observer("watcher")
                .observerMessage("look")
                .field("new", List.of(1))
                .build();

        assertThat(agent.fields())
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("description", "d"),
                        Map.entry("prompt", "p"),
                        Map.entry("tools", List.of("Read", "Bash(git log:*)")),
                        Map.entry("disallowedTools", List.of("Edit")),
                        Map.entry("model", "inherit"),
                        Map.entry("mcpServers", List.of("docs")),
                        Map.entry("skills", List.of("pdf")),
                        Map.entry("maxTurns", 3),
                        Map.entry("background", false),
                        Map.entry("omitClaudeMd", true),
                        Map.entry("memory", "project"),
                        Map.entry("effort", "high"),
                        Map.entry("permissionMode", "plan"),
                        Map.entry("initialPrompt", "go"),
                        Map.entry("autoCompactWindow", 100_000),
                        Map.entry("observer", "watcher"),
                        Map.entry("observerMessage", "look"),
                        Map.entry("new", List.of(1))));
        assertThat(agent.toBuilder().build()).isEqualTo(agent).hasSameHashCodeAs(agent);
        assertThat(agent.toString()).contains("prompt").doesNotContain("go");
        assertThatThrownBy(() -> agent.fields().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void settingsOfAllKindsTravelInTheRequest() {
        CommandLine line = Options.commandLine(b -> b.settings(Map.of("model", "opus"))
                .sandbox(Sandbox.builder()
                        .allowedDomains("example.com")
                        .setting("network.httpProxyPort", 8080)
                        .denyRead("/secrets")
                        .build())
                .managedSettings(Map.of("permissions", Map.of("deny", List.of("WebFetch")))));

        assertThat(Json.map(line.initialize()))
                .containsEntry(
                        "settings",
                        Map.of(
                                "model",
                                "opus",
                                "crossSessionInbound",
                                "refuse",
                                "sandbox",
                                Map.of(
                                        "enabled",
                                        true,
                                        "failIfUnavailable",
                                        true,
                                        "network",
                                        Map.of("allowedDomains", List.of("example.com"), "httpProxyPort", 8080),
                                        "filesystem",
                                        Map.of("denyRead", List.of("/secrets")))))
                .containsEntry("managedSettings", Map.of("permissions", Map.of("deny", List.of("WebFetch"))));
        assertThat(line.launch().arguments())
                .contains("--managed-settings-in-initialize")
                .noneMatch(argument -> argument.contains("WebFetch") || argument.contains("opus"));
        assertThat(line.confirmations())
                .containsExactlyInAnyOrder("settings_applied", "disallowed_tools_applied", "managed_settings_applied");
    }

    @Test
    void settingsAreReadFromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("settings.json"), "{\"cleanupPeriodDays\": 7}");
        assertThat(ClaudeOptions.builder().settings(file).build().settings()).isEqualTo(Map.of("cleanupPeriodDays", 7));

        Files.writeString(file, "[]");
        assertThatThrownBy(() -> ClaudeOptions.builder().settings(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be a JSON object");
        assertThatThrownBy(() -> ClaudeOptions.builder().settings(folder.resolve("none")))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void whatWasGivenIsCopied() {
        Map<String, Object> inner = new HashMap<>(Map.of("a", 1));
        ClaudeOptions options =
                ClaudeOptions.builder().settings(Map.of("env", inner)).build();
        inner.put("a", 2);
        assertThat(options.settings()).isEqualTo(Map.of("env", Map.of("a", 1)));
    }

    @Test
    void pluginsAndSkillsTravelInTheRequest() {
        CommandLine line = Options.commandLine(
                b -> b.plugin(Path.of("a")).plugin(Plugin.at(Path.of("b")).withoutMcpServers()));
        assertThat(Json.map(line.initialize()))
                .containsEntry(
                        "plugins",
                        List.of(
                                Map.of(
                                        "type",
                                        "local",
                                        "path",
                                        Path.of("a").toAbsolutePath().toString()),
                                Map.of(
                                        "type",
                                        "local",
                                        "path",
                                        Path.of("b").toAbsolutePath().toString(),
                                        "skipMcpDiscovery",
                                        true)));
        assertThat(line.confirmations()).contains("plugins_applied");

        CommandLine only = Options.commandLine(b -> b.skills("pdf", "office:docx"));
        assertThat(Json.map(only.initialize())).containsEntry("skills", List.of("pdf", "office:docx"));
        assertThat(only.launch().arguments())
                .contains("--allowedTools=Skill(pdf)", "--allowedTools=Skill(office:docx)");
        assertThat(initialize(b -> b.skills(Skills.none()))).containsEntry("skills", List.of());
        assertThat(initialize(b -> b.skills(Skills.all()))).doesNotContainKey("skills");
    }

    @Test
    void resumingAtAMessage() {
        assertThat(Options.commandLine(b -> b.resume(Options.ID)
                                .resumeSessionAt(Options.NEW_ID)
                                .resumeDropsTurn(Options.ID))
                        .launch()
                        .arguments())
                .contains("--resume-session-at=" + Options.NEW_ID, "--resume-drops-turn=" + Options.ID);
    }

    @Test
    void someTravelInTheEnvironment() {
        Map<String, String> with = Options.commandLine(b -> b.enableFileCheckpointing(true)
                        .questionPreviewFormat(PreviewFormat.HTML)
                        .clientApp("my-app/1.0")
                        .traceContext(TraceContext.of("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")))
                .launch()
                .environment();
        assertThat(with)
                .containsEntry("CLAUDE_CODE_ENABLE_SDK_FILE_CHECKPOINTING", "true")
                .containsEntry("CLAUDE_CODE_QUESTION_PREVIEW_FORMAT", "html")
                .containsEntry("CLAUDE_AGENT_SDK_CLIENT_APP", "my-app/1.0")
                .containsEntry("TRACEPARENT", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .doesNotContainKey("TRACESTATE");
    }

    @Test
    void rootMayNotEvenAllowToSkipPermissions() {
        ClaudeOptions options =
                ClaudeOptions.builder().allowDangerouslySkipPermissions(true).build();
        assertThatThrownBy(() -> CommandLine.of(options, Options.NEW_ID, new Host(Map.of(), true, false)))
                .isInstanceOf(LaunchException.class);
    }

    @Test
    void verbatimPromptsSaySo() {
        FakeClaude fake = FakeClaude.create().answer("ok");
        try (ClaudeSession session = ClaudeSession.open(ClaudeOptions.builder()
                .transport(fake)
                .verbatimPrompts(true)
                .agent("r", AgentDefinition.of("d", "p"))
                .settings(Map.of("model", "opus"))
                .build())) {
            session.query("hello");
        }
        assertThat(fake.received())
                .filteredOn(line -> "user".equals(line.get("type")))
                .singleElement()
                .satisfies(line -> assertThat(line).containsEntry("client_composed", true));
    }

    @Test
    void whatTheCliLeftOutFailsTheOpening() {
        FakeClaude fake = FakeClaude.create()
                .answer("ok")
                .onControl(
                        "get_settings",
                        request -> Map.of(
                                "errors",
                                List.of(Map.of("file", "/x/claude-settings-1.json", "path", "model", "message", "bad")),
                                "sources",
                                List.of()));
        ClaudeOptions options = ClaudeOptions.builder()
                .transport(fake)
                .settings(Map.of("model", 3))
                .managedSettings(Map.of("permissions", Map.of("deny", List.of("Bash")), "disableAllHooks", true))
                .build();
        assertThatThrownBy(() -> ClaudeSession.open(options))
                .isInstanceOfSatisfying(
                        SessionStartException.class,
                        e -> assertThat(e.errors())
                                .containsExactlyInAnyOrder(
                                        "settings model: bad",
                                        "managedSettings permissions is not in force",
                                        "managedSettings disableAllHooks is not in force"));
    }

    @Test
    void aPluginMustExist() {
        assertThatThrownBy(() -> ClaudeSession.open(ClaudeOptions.builder()
                        .plugin(Path.of("no-such-plugin"))
                        .build()))
                .isInstanceOfSatisfying(
                        LaunchException.class,
                        e -> assertThat(e.reason()).isEqualTo(LaunchException.Reason.MISSING_PLUGIN));
    }
}
