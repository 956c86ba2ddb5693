package io.github.claudesessions.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.error.CliNotExecutableException;
import io.github.claudesessions.error.CliNotExecutableException.Reason;
import io.github.claudesessions.error.CliNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("unix")
@Timeout(20)
final class PathSearchTest {
    @TempDir
    Path dir;

    private PathSearch search(String os, Map<String, String> env) {
        return new PathSearch(new Host(os, "amd64", env, dir));
    }

    private Path program(String name, boolean executable) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.resolveSibling(".").normalize());
        Files.writeString(file, "#!/bin/sh\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        return file;
    }

    @Test
    void takesTheFirstOnThePathThatCanBeRun() throws IOException {
        program("a/claude", false);
        Path second = program("b/claude", true);
        program("c/claude", true);
        PathSearch search = search("Linux", Map.of("PATH", dir + "/none:" + dir + "/a:" + dir + "/b:" + dir + "/c"));
        assertThat(search.cli("claude", search.pathFolders())).isEqualTo(second);
    }

    @Test
    void leavesOutRelativeAndBrokenEntries() {
        PathSearch search = search("Linux", Map.of("PATH", ":.:bin:/x\0y:/usr/bin::/usr/bin"));
        assertThat(search.pathFolders()).containsExactly(Path.of("/usr/bin"));
        assertThat(search("Linux", Map.of()).pathFolders()).isEmpty();
    }

    @Test
    void knowsWhereInstallersPutIt() throws IOException {
        Path home = dir.resolve("home");
        Path npm = dir.resolve("npm");
        PathSearch search = search("Linux", Map.of("HOME", home.toString(), "npm_config_prefix", npm.toString()));
        assertThat(search.knownFolders())
                .startsWith(home.resolve(".claude/local"), home.resolve(".local/bin"), dir.resolve("usr/local/bin"))
                .contains(dir.resolve("opt/homebrew/bin"), npm.resolve("bin"));
        Path file = program("home/.local/bin/claude", true);
        assertThat(search.cli("claude", search.knownFolders())).isEqualTo(file);
    }

    @Test
    void saysWhereItLooked() {
        CliNotFoundException e = catchThrowableOfType(
                CliNotFoundException.class,
                () -> search("Linux", Map.of()).cli("claude", List.of(dir.resolve("a"), dir.resolve("b"))));
        assertThat(e.lookedIn())
                .containsExactly(
                        dir.resolve("a/claude").toString(),
                        dir.resolve("b/claude").toString());
        assertThat(e).hasMessageContaining("ClaudeCli.managed()");
    }

    @Test
    void saysThatTheOnlyOneCantBeRun() throws IOException {
        Path file = program("a/claude", false);
        CliNotExecutableException e = catchThrowableOfType(
                CliNotExecutableException.class,
                () -> search("Linux", Map.of()).cli("claude", List.of(dir.resolve("a"))));
        assertThat(e.path()).isEqualTo(file);
        assertThat(e.reason()).isEqualTo(Reason.NO_PERMISSION);
    }

    @Test
    void onWindowsPrefersTheNativeProgramBelowTheScript() throws IOException {
        program("npm/claude.cmd", true);
        Path nativeProgram = program("npm/node_modules/@anthropic-ai/claude-code/bin/claude.exe", true);
        List<Path> folders = List.of(dir.resolve("npm"));
        assertThat(search("Windows 11", Map.of()).cli("claude", folders)).isEqualTo(nativeProgram);
        Path direct = program("npm/claude.exe", true);
        assertThat(search("Windows 11", Map.of()).cli("claude", folders)).isEqualTo(direct);
    }

    @Test
    void onWindowsAScriptAloneIsRefused() throws IOException {
        program("npm/claude.cmd", true);
        assertThatThrownBy(() -> search("Windows 11", Map.of()).cli("claude", List.of(dir.resolve("npm"))))
                .isInstanceOfSatisfying(
                        CliNotExecutableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.SCRIPT));
    }

    @Test
    void findsHelpers() throws IOException {
        Path npm = program("a/npm", true);
        assertThat(search("Linux", Map.of("PATH", dir + "/a")).program("npm")).contains(npm);
        assertThat(search("Linux", Map.of("PATH", dir + "/b")).program("npm")).isEmpty();
    }
}
