package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class ChildEnvironmentTest {
    private static final Map<String, String> PARENT = Map.ofEntries(
            Map.entry("PATH", "/usr/bin"),
            Map.entry("HOME", "/home/someone"),
            Map.entry("CLAUDECODE", "1"),
            Map.entry("CLAUDE_CODE_ENTRYPOINT", "cli"),
            Map.entry("CLAUDE_CODE_SESSION_ID", "x"),
            Map.entry("CLAUDE_CODE_RESUME_INTERRUPTED_TURN", "1"),
            Map.entry("NODE_OPTIONS", "--inspect"),
            Map.entry("VSCODE_INSPECTOR_OPTIONS", "{}"),
            Map.entry("BUN_INSPECT", "1"),
            Map.entry("DEBUG", "*"),
            Map.entry("TMPDIR", "/tmp/a"),
            Map.entry("TMP", "/tmp/b"),
            Map.entry("TEMP", "/tmp/c"),
            Map.entry("ANTHROPIC_AUTH_TOKEN", "token"),
            Map.entry("CLAUDE_CODE_OAUTH_TOKEN", "token"),
            Map.entry("ANTHROPIC_API_KEY", "inherited"));

    private static Map<String, String> child(ClaudeOptions.Builder options) {
        return ChildEnvironment.of(options.build(), new Host(PARENT, false, false));
    }

    private static ClaudeOptions.Builder options() {
        return ClaudeOptions.builder();
    }

    @Test
    void byDefaultEverythingIsInheritedButWhatBelongsToAnotherSessionOrADebugger() {
        Map<String, String> child = child(options());

        assertThat(child)
                .containsEntry("PATH", "/usr/bin")
                .containsEntry("HOME", "/home/someone")
                .containsEntry("ANTHROPIC_API_KEY", "inherited")
                .containsEntry("ANTHROPIC_AUTH_TOKEN", "token")
                .containsEntry("CLAUDE_CODE_ENTRYPOINT", "sdk-cli")
                .containsEntry("CLAUDE_CODE_SDK_READS_SESSION_STATE", "1")
                .containsEntry("CLAUDE_AGENT_SDK_CLIENT_APP", "claude-sessions-java");
        assertThat(child)
                .doesNotContainKeys(
                        "CLAUDECODE",
                        "CLAUDE_CODE_SESSION_ID",
                        "CLAUDE_CODE_RESUME_INTERRUPTED_TURN",
                        "NODE_OPTIONS",
                        "VSCODE_INSPECTOR_OPTIONS",
                        "BUN_INSPECT",
                        "DEBUG",
                        "TMPDIR",
                        "TMP",
                        "TEMP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CLAUDECODE", "NODE_OPTIONS", "DEBUG", "TMPDIR", "CLAUDE_CODE_ENTRYPOINT", "PATH", "NEW"})
    void whatTheUserSetsWins(String name) {
        assertThat(child(options().env(name, "mine"))).containsEntry(name, "mine");
        assertThat(child(options().inheritEnv(InheritEnv.none()).env(name, "mine")))
                .containsEntry(name, "mine");
    }

    @Test
    void theUserAlsoWinsOverTheKeyAndTheLibrary() {
        Map<String, String> child = child(options()
                .apiKey("key")
                .maxRetries(2)
                .env("ANTHROPIC_API_KEY", "mine")
                .env("CLAUDE_CODE_MAX_RETRIES", "9")
                .env("CLAUDE_CODE_SDK_READS_SESSION_STATE", "0"));

        assertThat(child)
                .containsEntry("ANTHROPIC_API_KEY", "mine")
                .containsEntry("CLAUDE_CODE_MAX_RETRIES", "9")
                .containsEntry("CLAUDE_CODE_SDK_READS_SESSION_STATE", "0");
    }

    @Test
    void anInheritedVariableDoesNotWinOverTheLibrary() {
        Map<String, String> child = child(options().inheritEnv(InheritEnv.all()).maxRetries(2));

        assertThat(child)
                .containsEntry("CLAUDE_CODE_ENTRYPOINT", "sdk-cli")
                .containsEntry("CLAUDE_CODE_MAX_RETRIES", "2");
    }

    @Test
    void aKeyReplacesEveryInheritedWayToSignIn() {
        Map<String, String> child = child(options().apiKey("key"));

        assertThat(child)
                .containsEntry("ANTHROPIC_API_KEY", "key")
                .doesNotContainKeys("ANTHROPIC_AUTH_TOKEN", "CLAUDE_CODE_OAUTH_TOKEN");
        assertThat(child(options().apiKey("key").env("ANTHROPIC_AUTH_TOKEN", "mine")))
                .containsEntry("ANTHROPIC_AUTH_TOKEN", "mine");
    }

    @Test
    void allInheritsAllButTheFoldersForTemporaryFiles() {
        assertThat(child(options().inheritEnv(InheritEnv.all())))
                .containsKeys("CLAUDECODE", "NODE_OPTIONS", "DEBUG", "PATH")
                .doesNotContainKeys("TMPDIR", "TMP", "TEMP");
    }

    @Test
    void noneInheritsNothing() {
        assertThat(child(options().inheritEnv(InheritEnv.none())))
                .containsOnlyKeys(
                        "CLAUDE_CODE_ENTRYPOINT", "CLAUDE_CODE_SDK_READS_SESSION_STATE", "CLAUDE_AGENT_SDK_CLIENT_APP");
    }

    @Test
    void onlyInheritsWhatItNames() {
        assertThat(child(options().inheritEnv(InheritEnv.only("PATH", "TMPDIR", "CLAUDECODE", "ABSENT"))))
                .containsEntry("PATH", "/usr/bin")
                .containsEntry("TMPDIR", "/tmp/a")
                .containsEntry("CLAUDECODE", "1")
                .doesNotContainKeys("HOME", "ABSENT");
    }

    @Test
    void exceptInheritsLessThanTheDefault() {
        assertThat(child(options().inheritEnv(InheritEnv.except("HOME"))))
                .containsKey("PATH")
                .doesNotContainKeys("HOME", "CLAUDECODE", "TMPDIR");
    }

    @Test
    void onWindowsTheCaseOfNamesDoesNotMatter() {
        Host windows = new Host(Map.of("Path", "C:\\", "Temp", "C:\\t", "ClaudeCode", "1", "Home", "h"), false, true);

        assertThat(new HashMap<>(
                        ChildEnvironment.of(options().env("PATH", "D:\\").build(), windows)))
                .containsEntry("Path", "D:\\")
                .containsKey("Home")
                .doesNotContainKeys("PATH", "Temp", "ClaudeCode");
        assertThat(ChildEnvironment.of(
                        options().inheritEnv(InheritEnv.only("PATH")).build(), windows))
                .containsKey("Path")
                .doesNotContainKey("Home");
    }

    @Test
    void policiesAreValues() {
        assertThat(InheritEnv.only("B", "A"))
                .isEqualTo(InheritEnv.only("A", "B"))
                .hasSameHashCodeAs(InheritEnv.only("A", "B"))
                .hasToString("only[A, B]")
                .isNotEqualTo(InheritEnv.except("A", "B"));
        assertThat(InheritEnv.all()).hasToString("all").isNotEqualTo(InheritEnv.none());
    }
}
