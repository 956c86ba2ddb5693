package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.claudesessions.error.IsolationException;
import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.internal.codec.Inbound;
import io.github.claudesessions.internal.codec.InboundDecoder;
import io.github.claudesessions.internal.protocol.ConnectionEnd;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.spi.Launch;
import io.github.claudesessions.testing.FakeClaude;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an isolation makes of options, and what it takes for an extra, on a CLI that says what a test wants. */
@Timeout(30)
@Tag("unix")
class IsolationTest {
    private static final String KEY = Options.SECRET;
    private static final Map<String, Object> HELPER =
            Map.of("commands", List.of(), "agents", List.of(), "account", Map.of("tokenSource", "apiKeyHelper"));

    @TempDir
    Path dir;

    private static Arguments bad(UnaryOperator<ClaudeOptions.Builder> use, String message) {
        return arguments(use, message);
    }

    static Stream<Arguments> contradictions() {
        return Stream.of(
                bad(
                        b -> b.settingSources(SettingSource.USER),
                        "settingSources must not come with isolation, was [user]"),
                bad(b -> b.peerMessaging(true), "peerMessaging must not come with isolation, was true"),
                bad(
                        b -> b.projectConfigRoot(Path.of("/etc")),
                        "projectConfigRoot must not come with isolation, was /etc"),
                bad(b -> b.inheritEnv(InheritEnv.all()), "inheritEnv must not come with isolation, was all"),
                bad(
                        b -> b.inheritEnv(InheritEnv.except("A")),
                        "inheritEnv must not come with isolation, was except[A]"),
                bad(
                        b -> b.inheritEnv(InheritEnv.only("HOME")),
                        "inheritEnv must not come with isolation, was only[HOME]"),
                bad(b -> b.env("CLAUDE_CONFIG_DIR", "/x"), "env must not come with isolation, was CLAUDE_CONFIG_DIR"),
                bad(b -> b.env("HOME", "/x"), "env must not come with isolation, was HOME"),
                bad(
                        b -> b.env("ANTHROPIC_API_KEY", KEY),
                        "env and inheritEnv must not come with isolation for credentials (use apiKey), was"
                                + " ANTHROPIC_API_KEY"),
                bad(
                        b -> b.inheritEnv(InheritEnv.only("CLAUDE_CODE_OAUTH_TOKEN")),
                        "env and inheritEnv must not come with isolation for credentials (use apiKey), was"
                                + " CLAUDE_CODE_OAUTH_TOKEN"),
                bad(
                        b -> b.settings(Map.of("apiKeyHelper", "x")),
                        "settings must not come with isolation, was apiKeyHelper"),
                bad(
                        b -> b.settings(Map.of("autoMemoryEnabled", true)),
                        "settings must not come with isolation, was autoMemoryEnabled"),
                bad(
                        b -> b.settings(Map.of("env", Map.of("HOME", "/x"))),
                        "settings env must not come with isolation, was HOME"),
                bad(
                        b -> b.cwd(Path.of("/tenants/acme")),
                        "cwd must be in /tenants/acme/work because of isolation, was /tenants/acme"),
                bad(
                        b -> b.cwd(Path.of("/tenants/acme/work/../home")),
                        "cwd must be in /tenants/acme/work because of isolation, was /tenants/acme/work/../home"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void optionsThatContradictItAreRefused(UnaryOperator<ClaudeOptions.Builder> use, String message) {
        ClaudeOptions.Builder builder =
                use.apply(ClaudeOptions.builder().isolation(Isolation.tenant(Path.of("/tenants/acme"))));
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void theRootFolderIsNoTenant() {
        assertThatThrownBy(() -> Isolation.tenant(Path.of("/a/..")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("tenant dir must not be the root folder, was /");
    }

    @Test
    void isAValue() {
        Isolation isolation = Isolation.tenant(Path.of("/tenants/acme/")).expecting("b", "a");
        assertThat(isolation)
                .isEqualTo(Isolation.tenant(Path.of("/tenants/x/../acme"))
                        .expecting("a")
                        .expecting("b"))
                .isNotEqualTo(Isolation.tenant(Path.of("/tenants/acme")))
                .hasToString("tenant /tenants/acme expecting [a, b]");
        assertThat(isolation.expected()).containsExactly("a", "b");
    }

    @Test
    void theCliGetsOnlyWhatItNeeds() {
        ClaudeOptions options =
                options(fake(HELPER)).toBuilder().env("CHOSEN", "1").build();
        FakeClaude claude = (FakeClaude) options.transport().orElseThrow();
        ClaudeSession.open(options).close();
        Launch launch = claude.launches().getFirst();
        Path tenant = dir.resolve("acme");
        assertThat(launch.arguments()).contains("--setting-sources=", "--strict-mcp-config");
        assertThat(launch.cwd()).isEqualTo(tenant.resolve("work"));
        assertThat(launch.environment())
                .containsEntry("CLAUDE_CONFIG_DIR", tenant.resolve("config").toString())
                .containsEntry("HOME", tenant.resolve("home").toString())
                .containsEntry("CLAUDE_CODE_DISABLE_AUTO_MEMORY", "1")
                .containsEntry("CHOSEN", "1")
                .containsKey("PATH")
                .doesNotContainKeys("ANTHROPIC_API_KEY", "USER", "JAVA_HOME");
        String written = claude.received().toString();
        assertThat(written).contains("apiKeyHelper=cat '").doesNotContain(KEY);
        assertThat(launch.arguments().toString() + launch.environment()).doesNotContain(KEY);
    }

    @Test
    void theMinimalEnvironmentIsPathAndLocale() {
        Map<String, String> child = ChildEnvironment.of(
                ClaudeOptions.builder().inheritEnv(InheritEnv.minimal()).build(),
                new Host(
                        Map.of("PATH", "p", "LANG", "l", "LC_ALL", "a", "TZ", "t", "HOME", "h", "HTTPS_PROXY", "x"),
                        false,
                        false));
        assertThat(child).containsKeys("PATH", "LANG", "LC_ALL", "TZ").doesNotContainKeys("HOME", "HTTPS_PROXY");
    }

    @Test
    void aFolderThatWasReplacedByALinkIsRefused() throws IOException {
        FakeClaude claude = fake(HELPER);
        ClaudeOptions options = options(claude);
        ClaudeSession.open(options).close();
        Path config = dir.resolve("acme/config");
        Files.delete(config);
        Files.createSymbolicLink(config, Files.createDirectory(dir.resolve("other")));
        LaunchException failure = catchThrowableOfType(
                LaunchException.class, () -> ClaudeSession.open(options).close());
        assertThat(failure.reason()).isEqualTo(LaunchException.Reason.UNSAFE_FOLDER);
        assertThat(failure).hasMessageContaining(config + " must not be a symbolic link");
        assertThat(claude.launches()).hasSize(1);
    }

    @Test
    void aWorkingFolderThatLeadsOutIsRefused() throws IOException {
        FakeClaude claude = fake(HELPER);
        ClaudeSession.open(options(claude)).close();
        Path link = dir.resolve("acme/work/project");
        Files.createSymbolicLink(link, dir);
        ClaudeOptions options = options(claude).toBuilder().cwd(link).build();
        LaunchException failure = catchThrowableOfType(
                LaunchException.class, () -> ClaudeSession.open(options).close());
        assertThat(failure).hasMessageContaining(link + " leads out of ");
    }

    static Stream<Arguments> extras() {
        Map<String, Object> account = Map.of("tokenSource", "apiKeyHelper");
        return Stream.of(
                arguments("initialize", Map.of("account", Map.of()), "credential \"unknown\""),
                arguments(
                        "initialize",
                        Map.of("account", Map.of("tokenSource", "ANTHROPIC_AUTH_TOKEN")),
                        "credential \"ANTHROPIC_AUTH_TOKEN\""),
                arguments(
                        "initialize",
                        Map.of("account", account, "agents", List.of(Map.of("name", "spy"), Map.of("name", "Plan"))),
                        "agent \"spy\""),
                arguments(
                        "initialize",
                        Map.of(
                                "account",
                                account,
                                "commands",
                                List.of(Map.of("name", "x"), Map.of("name", "usage", "builtin", true))),
                        "command \"x\""),
                arguments("initialize", Map.of("account", account, "output_style", "Odd"), "output style \"Odd\""),
                arguments(
                        "mcp_status",
                        Map.of("mcpServers", List.of(Map.of("name", "spy", "status", "connected"))),
                        "MCP server \"spy\""),
                arguments(
                        "get_settings",
                        Map.of(
                                "sources",
                                List.of(
                                        Map.of("source", "flagSettings", "settings", Map.of("a", 1)),
                                        Map.of("source", "userSettings", "settings", Map.of()))),
                        "userSettings"),
                arguments(
                        "get_settings",
                        Map.of(
                                "sources",
                                List.of(Map.of(
                                        "source", "policySettings", "settings", Map.of("env", Map.of("A", "1"))))),
                        "policySettings env"),
                arguments("get_settings", Map.of("withheld", true), "settings that are withheld"),
                arguments(
                        "get_hooks_listing",
                        Map.of("hooks", List.of(Map.of("event", "Stop", "source", "policySettings"))),
                        "hook Stop of policySettings"),
                arguments("get_memory_dialog", Map.of("auto_memory", Map.of("enabled", true)), "auto memory"));
    }

    @ParameterizedTest
    @MethodSource("extras")
    void anythingExtraFailsTheOpeningUnlessItIsExpected(String request, Map<String, Object> answer, String extra) {
        FakeClaude claude = fake(HELPER);
        Map<String, Object> whole = request.equals("initialize") ? withApplied(answer) : answer;
        claude.onControl(request, body -> whole);
        ClaudeOptions options = options(claude);
        IsolationException failure = catchThrowableOfType(
                IsolationException.class, () -> ClaudeSession.open(options).close());
        assertThat(failure.extras()).containsExactly(extra);
        assertThat(failure)
                .hasMessage("the session is not isolated, it has what was not asked for: " + extra)
                .hasMessageNotContaining(KEY);
        assertThat(claude.running()).isZero();

        ClaudeOptions expecting = options.toBuilder()
                .isolation(Isolation.tenant(dir.resolve("acme")).expecting(extra))
                .build();
        ClaudeSession.open(expecting).close();
    }

    @Test
    void aCliThatCanNotBeAskedIsNotTrusted() {
        FakeClaude claude = fake(HELPER);
        claude.onControl("get_memory_dialog", body -> Map.of());
        IsolationException failure = catchThrowableOfType(
                IsolationException.class,
                () -> ClaudeSession.open(options(claude)).close());
        assertThat(failure.extras()).containsExactly("auto memory");
    }

    @Test
    void whatTheFirstTurnBeginsWithIsComparedToo() {
        FakeClaude claude = fake(HELPER).answer("never heard"); // its turns begin with a key from the environment
        try (ClaudeSession session = ClaudeSession.open(options(claude))) {
            IsolationException failure = catchThrowableOfType(IsolationException.class, () -> session.query("go"));
            assertThat(failure.extras()).containsExactly("credential \"ANTHROPIC_API_KEY\"");
        }
    }

    static Stream<Arguments> beginnings() {
        return Stream.of(
                arguments("\"tools\":[\"Bash\",\"Task\",\"mcp__own__x\",\"Write\"]", "tool \"Write\""),
                arguments("\"tools\":[\"Bash\",\"mcp__own__x\",\"mcp__spy__x\"]", "tool \"mcp__spy__x\""),
                arguments(
                        "\"mcp_servers\":[{\"name\":\"own\",\"status\":\"connected\"},"
                                + "{\"name\":\"later\",\"status\":\"connected\",\"source\":\"dynamic\"},"
                                + "{\"name\":\"spy\",\"status\":\"pending\",\"source\":\"user\"}],"
                                + "\"tools\":[\"mcp__later__x\"]",
                        "MCP server \"spy\""),
                arguments("\"skills\":[\"s\"]", "skill \"s\""),
                arguments("\"slash_commands\":[\"mcp__own__prompt\",\"c\"]", "command \"c\""),
                arguments("\"agents\":[\"Explore\",\"a\"]", "agent \"a\""),
                arguments(
                        "\"agents\":[\"core:a\",\"mine:a\",\"other:a\"],"
                                + "\"plugins\":[{\"name\":\"core\",\"path\":\"builtin\"},"
                                + "{\"name\":\"mine\",\"path\":\"/plugins/mine\"}]",
                        "agent \"other:a\""),
                arguments("\"plugins\":[{\"name\":\"p\",\"path\":\"/elsewhere\"}]", "plugin \"p\""),
                arguments("\"apiKeySource\":\"/login managed key\"", "credential \"/login managed key\""),
                arguments("\"memory_paths\":{\"auto\":\"/m\"}", "auto memory"));
    }

    @ParameterizedTest
    @MethodSource("beginnings")
    void anythingExtraAtTheStartOfTheFirstTurnFailsIt(String fields, String extra) {
        Isolation isolation = Isolation.tenant(dir);
        ClaudeOptions options = ClaudeOptions.builder()
                .isolation(isolation)
                .apiKey(KEY)
                .tools("Bash", "Agent")
                .mcpServer("own", McpServer.stdio("serve"))
                .plugin(Plugin.at(Path.of("/plugins/mine")))
                .build();
        InitMessage init = init(fields);
        IsolationCheck check = new IsolationCheck(options, isolation);
        ConnectionEnd.Failed failed = Objects.requireNonNull(check.turnBegun(init));
        assertThat(((IsolationException) failed.toException()).extras()).containsExactly(extra);
        assertThat(check.turnBegun(init))
                .as("later the host may have changed it")
                .isNull();
        assertThat(new IsolationCheck(options, isolation.expecting(extra)).turnBegun(init))
                .isNull();
    }

    private static InitMessage init(String fields) {
        String source = fields.contains("apiKeySource") ? "" : "\"apiKeySource\":\"apiKeyHelper\",";
        byte[] line =
                ("{\"type\":\"system\",\"subtype\":\"init\"," + source + fields + "}").getBytes(StandardCharsets.UTF_8);
        return (InitMessage) ((Inbound.Delivered) new InboundDecoder().decode(line, 0, line.length)).message();
    }

    private ClaudeOptions options(FakeClaude claude) {
        return ClaudeOptions.builder()
                .transport(claude)
                .apiKey(KEY)
                .isolation(Isolation.tenant(dir.resolve("acme")))
                .build();
    }

    /** A CLI that has nothing but {@code initialized}. */
    private static FakeClaude fake(Map<String, Object> initialized) {
        return FakeClaude.create()
                .onControl("initialize", body -> withApplied(initialized))
                .onControl("mcp_status", body -> Map.of("mcpServers", List.of()))
                .onControl("get_settings", body -> Map.of("sources", List.of()))
                .onControl("get_hooks_listing", body -> Map.of("hooks", List.of()))
                .onControl("get_memory_dialog", body -> Map.of("auto_memory", Map.of("enabled", false)));
    }

    private static Map<String, Object> withApplied(Map<String, Object> answer) {
        Map<String, Object> whole = new HashMap<>(answer);
        whole.put("settings_applied", true);
        whole.put("disallowed_tools_applied", true);
        return whole;
    }
}
