package io.github.claudesessions.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.CliInstallException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("unix")
@Timeout(20)
final class ManagedSettingsTest {
    private static Host host(String os, Map<String, String> env) {
        return new Host(os, "amd64", env, Path.of("/"));
    }

    private static Path folder(String os, Map<String, String> env) {
        return ManagedSettings.folder(host(os, env));
    }

    @Test
    void theFolderIsTheUsersCacheOrTheNamedOne() {
        assertThat(folder("Linux", Map.of("HOME", "/home/u"))).hasToString("/home/u/.cache/claude-sessions/cli");
        assertThat(folder("Linux", Map.of("HOME", "/home/u", "XDG_CACHE_HOME", "/c")))
                .hasToString("/c/claude-sessions/cli");
        assertThat(folder("Linux", Map.of("HOME", "/home/u", "XDG_CACHE_HOME", "relative")))
                .hasToString("/home/u/.cache/claude-sessions/cli");
        assertThat(folder("Mac OS X", Map.of("HOME", "/Users/u")))
                .hasToString("/Users/u/Library/Caches/claude-sessions/cli");
        assertThat(folder("Windows 11", Map.of("USERPROFILE", "/u")))
                .hasToString("/u/AppData/Local/claude-sessions/cli");
        assertThat(folder("Windows 11", Map.of("LOCALAPPDATA", "/l"))).hasToString("/l/claude-sessions/cli");
        assertThat(folder("Linux", Map.of("CLAUDE_SESSIONS_CLI_DIR", "/opt/cli")))
                .hasToString("/opt/cli");
    }

    @Test
    void aFolderThatCantBeIsRefused() {
        assertThatThrownBy(() -> folder("Linux", Map.of("CLAUDE_SESSIONS_CLI_DIR", "a\0b")))
                .isInstanceOf(CliInstallException.class)
                .hasMessageContaining("CLAUDE_SESSIONS_CLI_DIR");
    }

    @Test
    void theSourcesAreOrderedByTheEnvironment() {
        assertThat(ManagedSettings.sources(host("Linux", Map.of()), "linux-x64"))
                .hasExactlyElementsOfTypes(VendorSource.class, NpmSource.class);
        assertThat(ManagedSettings.sources(host("Linux", Map.of("CLAUDE_SESSIONS_CLI_SOURCE", "npm")), "linux-x64"))
                .hasExactlyElementsOfTypes(NpmSource.class);
        assertThat(ManagedSettings.sources(
                        host("Linux", Map.of("CLAUDE_SESSIONS_CLI_SOURCE", "npm, vendor")), "linux-x64"))
                .hasExactlyElementsOfTypes(NpmSource.class, VendorSource.class);
        assertThatThrownBy(() -> ManagedSettings.sources(
                        host("Linux", Map.of("CLAUDE_SESSIONS_CLI_SOURCE", "floppy")), "linux-x64"))
                .isInstanceOf(CliInstallException.class)
                .hasMessageContaining("floppy");
    }
}
