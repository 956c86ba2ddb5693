package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.AgentDefinition;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.InheritEnv;
import io.github.claudesessions.Isolation;
import io.github.claudesessions.McpServer;
import io.github.claudesessions.Messages;
import io.github.claudesessions.Plugin;
import io.github.claudesessions.SettingSource;
import io.github.claudesessions.SystemPrompt;
import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.error.IsolationException;
import io.github.claudesessions.error.SessionNotFoundException;
import io.github.claudesessions.internal.process.CliTransport;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ToolResultBlock;
import io.github.claudesessions.spi.Launch;
import io.github.claudesessions.spi.TransportFactory;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions of tenants, on the real CLI, among all that could leak into them. */
@Timeout(120)
@Tag("unix")
@Tag("long")
class TenantTest extends OnRealCli {
    private static final String KEY = "sk-ant-tenant-0123456789";
    private static final String PLANTED = "planted-7c1f";

    private Path tenants;
    private Path marker;

    record City(String name) {}

    @BeforeEach
    void tenants() {
        tenants = cwd.resolve("tenants");
        marker = cwd.resolve("a-hook-has-run");
    }

    /** What the CLI needs for the scripted API; no credentials, and no places. */
    private Map<String, String> apiOnly() {
        Map<String, String> env = new HashMap<>(api.environment());
        env.keySet().removeAll(List.of("ANTHROPIC_API_KEY", "HOME", "CLAUDE_CONFIG_DIR"));
        return env;
    }

    private ClaudeOptions.Builder tenant(String name) {
        return ClaudeOptions.builder().env(apiOnly()).apiKey(KEY).isolation(Isolation.tenant(tenants.resolve(name)));
    }

    @Test
    void aTenantHasWhatTheHostPasses() {
        Path folder = tenants.resolve("acme");
        String key = KEY;
        Map<String, String> network = apiOnly();
        String prompt = "hello";
        api.reply(Reply.text("Hello, Acme."));
        // @start region="tenant"
        ClaudeOptions options = ClaudeOptions.builder()
                .isolation(Isolation.tenant(folder))
                .apiKey(key)
                .env(network) // a proxy and the like: besides PATH and the locale nothing is inherited
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            String answer = session.query(prompt).text();
            // @end
            assertThat(answer).isEqualTo("Hello, Acme.");
        }
        ApiRequest request = api.requests().getFirst();
        assertThat(request.headers().get("x-api-key")).isEqualTo(KEY);
        for (String part : List.of("", "config", "home", "work")) {
            assertThat(permissions(folder.resolve(part))).isEqualTo("rwx------");
        }
        assertThat(folder.resolve("config/projects")).isDirectory();
    }

    @Test
    void commandsDoNotSeeTheKey() {
        api.reply(bash("env; echo home=$HOME; pwd"), Reply.text("done"));
        String output = toolResult(tenant("acme").allowedTools("Bash").build());
        Path dir = tenants.resolve("acme");
        assertThat(output)
                .contains("home=" + dir.resolve("home"), "CLAUDE_CONFIG_DIR=" + dir.resolve("config"), "PATH=")
                .contains(dir.resolve("work").toString())
                .doesNotContain(KEY, "ANTHROPIC_API_KEY", "USER=", "JAVA_HOME");
    }

    @Test
    void theFileWithTheKeyIsPrivateAndGoesWithTheSession() throws IOException {
        api.reply(Reply.text("done"));
        Path key;
        try (ClaudeSession session = ClaudeSession.open(tenant("acme").build())) {
            key = keyFile(session);
            assertThat(permissions(key)).isEqualTo("rw-------");
            assertThat(permissions(key.getParent())).isEqualTo("rwx------");
            assertThat(Files.readString(key)).isEqualTo(KEY + "\n");
            session.query("go");
        }
        assertThat(key).doesNotExist();
    }

    @Test
    void toolsForFilesCanNotReadTheKey() {
        try (ClaudeSession session =
                ClaudeSession.open(tenant("acme").allowedTools("Read").build())) {
            api.reply(Reply.toolUse("Read", Map.of("file_path", keyFile(session).toString())), Reply.text("done"));
            String output = toolResult(session, "Read");
            assertThat(output).contains("denied").doesNotContain(KEY);
        }
    }

    @Test
    void nothingThatLiesAroundIsPickedUp() throws IOException {
        Path dir = tenants.resolve("acme");
        try (ClaudeSession session = ClaudeSession.open(tenant("acme").build())) {
            assertThat(session.pid()).isPositive(); // has made the folders
        }
        plantProject(dir.resolve("work"));
        plantProject(dir);
        plantProject(tenants);
        plantUser(dir.resolve("config"));
        plantUser(dir.resolve("home/.claude"));
        Path hostHome = Path.of(api.environment().get("HOME"));
        plantUser(hostHome.resolve(".claude"));

        api.reply(bash("echo \"-$PLANTED_VARIABLE-\""), Reply.text("done"));
        ClaudeOptions options = tenant("acme")
                .systemPrompt(SystemPrompt.claudeCode())
                .allowedTools("Bash")
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.serverInfo().toString()).doesNotContain(PLANTED);
            assertThat(toolResult(session, "Bash")).contains("--");
        }
        assertThat(api.requests())
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.body().toString()).doesNotContain(PLANTED));
        assertThat(marker).doesNotExist();
    }

    @Test
    void whatLiesAroundWouldOtherwiseBePickedUp() throws IOException {
        plantProject(cwd);
        plantUser(Path.of(api.environment().get("CLAUDE_CONFIG_DIR")));
        api.reply(Reply.text("done"));
        ClaudeOptions options = builder()
                .systemPrompt(SystemPrompt.claudeCode())
                .settingSources(SettingSource.USER, SettingSource.PROJECT, SettingSource.LOCAL)
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.serverInfo().toString()).contains(PLANTED + "-agent", PLANTED + "-command");
            session.query("go");
        }
        assertThat(api.requests().toString() + api.requests().getFirst().body()).contains(PLANTED + "-instructions");
        assertThat(marker).exists();
    }

    @Test
    void tenantsDoNotSeeEachOther() throws IOException {
        api.reply(Reply.text("noted"), Reply.text("still here"));
        String id;
        try (ClaudeSession session = ClaudeSession.open(tenant("one").build())) {
            session.query("the word is plum");
            id = session.sessionId().orElseThrow();
        }
        assertThat(catchThrowableOfType(
                        SessionNotFoundException.class,
                        () -> ClaudeSession.open(tenant("two").resume(id).build())
                                .close()))
                .isNotNull();
        try (ClaudeSession session = ClaudeSession.open(tenant("one").resume(id).build())) {
            assertThat(session.query("and?").text()).isEqualTo("still here");
        }
        assertThat(api.requests().getLast().body().toString()).contains("the word is plum");
        try (Stream<Path> files = Files.walk(tenants.resolve("two"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".jsonl"))).isEmpty();
        }
    }

    @Test
    void whatTheHostAsksForIsThere() throws IOException {
        Path plugin = cwd.resolve("plugin");
        write(plugin.resolve(".claude-plugin/plugin.json"), "{\"name\":\"office\",\"version\":\"1\"}");
        write(plugin.resolve("agents/typist.md"), "---\nname: typist\ndescription: types\n---\nType.");
        write(plugin.resolve("skills/letter/SKILL.md"), "---\nname: letter\ndescription: letters\n---\nWrite.");
        write(
                plugin.resolve("hooks/hooks.json"),
                "{\"hooks\":{\"UserPromptSubmit\":[{\"hooks\":[{\"type\":\"command\",\"command\":\"true\"}]}]}}");
        api.reply(Reply.text("done"));
        ClaudeOptions options = tenant("acme")
                .plugin(Plugin.at(plugin))
                .agent("reviewer", AgentDefinition.of("reviews", "Review."))
                .toolServer(ToolServer.of(
                        "geo", Tool.of("where", "Says where", City.class, city -> ToolResult.text("here"))))
                .mcpServer("absent", McpServer.stdio("/nonexistent/server"))
                .settings(Map.of(
                        "hooks",
                        Map.of(
                                "Stop",
                                List.of(Map.of("hooks", List.of(Map.of("type", "command", "command", "true")))))))
                .managedSettings(Map.of("permissions", Map.of("deny", List.of("WebFetch"))))
                .outputSchema(City.class)
                .tools("Bash", "Read", "Agent", "Skill")
                .inheritEnv(InheritEnv.only("PATH"))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options);
                Stream<Message> turn = session.stream("go")) {
            InitMessage init = turn.filter(InitMessage.class::isInstance)
                    .map(InitMessage.class::cast)
                    .findFirst()
                    .orElseThrow();
            assertThat(init.agents()).contains("reviewer", "office:typist");
            assertThat(init.tools()).contains("mcp__geo__where", "StructuredOutput", "Bash");
        }
    }

    @Test
    void whatWasNotAskedForFailsTheOpening() throws IOException {
        plantProject(tenants.resolve("acme/work"));
        plantUser(tenants.resolve("acme/config"));
        for (String folder : List.of("", "work", "config")) {
            Files.setPosixFilePermissions(
                    tenants.resolve("acme").resolve(folder), PosixFilePermissions.fromString("rwx------"));
        }
        ClaudeOptions options = tenant("acme")
                .transport(altered(Map.of("--setting-sources=", "--setting-sources=user,project,local")))
                .build();
        IsolationException failure = catchThrowableOfType(
                IsolationException.class, () -> ClaudeSession.open(options).close());
        assertThat(failure.extras())
                .contains(
                        "agent \"" + PLANTED + "-agent\"",
                        "command \"" + PLANTED + "-command\"",
                        "command \"" + PLANTED + "-skill\"",
                        "userSettings",
                        "projectSettings",
                        "localSettings",
                        "hook UserPromptSubmit of projectSettings");
        assertThat(failure).hasMessageContaining("\"" + PLANTED + "-agent\"");

        String[] known = failure.extras().toArray(String[]::new);
        ClaudeOptions expecting = options.toBuilder()
                .isolation(Isolation.tenant(tenants.resolve("acme")).expecting(known))
                .build();
        try (ClaudeSession session = ClaudeSession.open(expecting)) {
            assertThat(session.pid()).isPositive();
        }
    }

    @Test
    void mcpServersThatWereNotAskedForFailTheOpening() throws IOException {
        try (ClaudeSession session = ClaudeSession.open(tenant("acme").build())) {
            assertThat(session.mcpServers()).isEmpty(); // has made the folders
        }
        plantUser(tenants.resolve("acme/config"));
        ClaudeOptions options = tenant("acme")
                .transport(altered(
                        Map.of("--strict-mcp-config", "--verbose", "--setting-sources=", "--setting-sources=user")))
                .build();
        IsolationException failure = catchThrowableOfType(
                IsolationException.class, () -> ClaudeSession.open(options).close());
        assertThat(failure.extras()).contains("MCP server \"" + PLANTED + "-user\"");
    }

    @Test
    void whatOnlyTheFirstTurnShowsFailsThatTurn() throws IOException {
        Path plugin = cwd.resolve("plugin");
        write(plugin.resolve(".claude-plugin/plugin.json"), "{\"name\":\"silent\",\"version\":\"1\"}");
        write(plugin.resolve("output-styles/o.md"), "---\nname: o\ndescription: d\n---\nx");
        api.reply(bash("touch '" + marker + "'"), Reply.text("done"));
        ClaudeOptions options = tenant("acme")
                .allowedTools("Bash")
                .transport(altered(Map.of("--strict-mcp-config", "--plugin-dir=" + plugin)))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            IsolationException failure = catchThrowableOfType(IsolationException.class, () -> session.query("go"));
            assertThat(failure.extras()).containsExactly("plugin \"silent\"");
            assertThat(catchThrowableOfType(IsolationException.class, () -> session.query("again")))
                    .isNotNull();
        }
        assertThat(marker).doesNotExist();
    }

    /** The real CLI, started with other arguments than the library wants. */
    private static TransportFactory altered(Map<String, String> instead) {
        return launch -> CliTransport.start(
                ClaudeCli.managed().resolve(),
                new Launch(
                        launch.arguments().stream()
                                .map(argument -> instead.getOrDefault(argument, argument))
                                .toList(),
                        launch.environment(),
                        launch.cwd()),
                null);
    }

    /** The text of the first result of a tool. */
    private static String toolResult(ClaudeOptions options) {
        try (ClaudeSession session = ClaudeSession.open(options)) {
            return toolResult(session, "Bash");
        }
    }

    private static String toolResult(ClaudeSession session, String tool) {
        try (Stream<Message> turn = session.stream("go")) {
            return turn.flatMap(Messages.toolResults(tool))
                    .map(ToolResultBlock::toString)
                    .toList()
                    .getFirst();
        }
    }

    private static Path keyFile(ClaudeSession session) {
        Map<?, ?> effective = (Map<?, ?>) session.controls().settings().get("effective");
        String command = String.valueOf(effective.get("apiKeyHelper"));
        return Path.of(command.substring(command.indexOf('\'') + 1, command.lastIndexOf('\'')));
    }

    private static String permissions(Path path) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void plantProject(Path folder) throws IOException {
        for (String name : List.of("CLAUDE.md", "CLAUDE.local.md", "AGENTS.md", ".claude/CLAUDE.md")) {
            write(folder.resolve(name), PLANTED + "-instructions");
        }
        write(folder.resolve(".claude/rules/all.md"), PLANTED + "-rule");
        write(folder.resolve(".mcp.json"), "{\"mcpServers\":{\"" + PLANTED + "\":{\"command\":\"true\"}}}");
        write(folder.resolve(".claude/settings.local.json"), settings());
        plantUser(folder.resolve(".claude"));
    }

    private void plantUser(Path folder) throws IOException {
        write(folder.resolve("CLAUDE.md"), PLANTED + "-instructions");
        write(folder.resolve("settings.json"), settings());
        write(folder.resolve("agents/a.md"), "---\nname: " + PLANTED + "-agent\ndescription: d\n---\nx");
        write(folder.resolve("skills/s/SKILL.md"), "---\nname: " + PLANTED + "-skill\ndescription: d\n---\nx");
        write(folder.resolve("commands/" + PLANTED + "-command.md"), "x");
        write(folder.resolve("output-styles/o.md"), "---\nname: " + PLANTED + "-style\ndescription: d\n---\nx");
        write(folder.resolve(".claude.json"), "{\"mcpServers\":{\"" + PLANTED + "-user\":{\"command\":\"true\"}}}");
    }

    private String settings() {
        return """
                {"env":{"PLANTED_VARIABLE":"%s"},"permissions":{"allow":["WebFetch"]},
                 "hooks":{"UserPromptSubmit":[{"hooks":[{"type":"command","command":"touch '%s'"}]}]}}
                """.formatted(PLANTED, marker);
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
