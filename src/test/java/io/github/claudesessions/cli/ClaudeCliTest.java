package io.github.claudesessions.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.CliNotExecutableException;
import io.github.claudesessions.error.CliNotExecutableException.Reason;
import io.github.claudesessions.error.CliNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class ClaudeCliTest {
    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(
            strings = {"claude.cmd", "claude.cmd:stream", "CLAUDE.BAT", "/opt/x/claude.bat. ", "C:claude.cmd::$DATA"})
    void windowsScriptsAreRefused(String name) {
        assertThatThrownBy(() -> ClaudeCli.at(name))
                .isInstanceOfSatisfying(
                        CliNotExecutableException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.SCRIPT));
    }

    @Test
    @Tag("unix")
    void aBareNameIsLookedUpOnThePath() {
        assertThat(ClaudeCli.at("sh").resolve()).isAbsolute().hasFileName("sh").isExecutable();
        assertThatThrownBy(() -> ClaudeCli.at("no-such-claude").resolve()).isInstanceOf(CliNotFoundException.class);
    }

    @Test
    void aPathIsTakenAsItIs() {
        Path missing = dir.resolve("claude");
        assertThatThrownBy(() -> ClaudeCli.at(missing).resolve())
                .isInstanceOfSatisfying(
                        CliNotFoundException.class,
                        e -> assertThat(e.lookedIn()).containsExactly(missing.toString()));
        assertThatThrownBy(() -> ClaudeCli.at("./no-such-claude").resolve())
                .isInstanceOf(CliNotFoundException.class)
                .hasMessageContaining(Path.of("").toAbsolutePath().toString());
    }

    @Test
    @Tag("unix")
    void whatIsThereIsCheckedNotRun() throws IOException {
        Path file = Files.writeString(dir.resolve("claude"), "#!/bin/sh\ntouch \"$0.run\"\n");
        assertThatThrownBy(() -> ClaudeCli.at(file).resolve()).isInstanceOf(CliNotExecutableException.class);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        assertThat(ClaudeCli.at(file.toString()).resolve()).isEqualTo(file);
        assertThat(ClaudeCli.at(file).install(Progress.none())).isEqualTo(file);
        assertThat(dir.resolve("claude.run")).doesNotExist();
    }

    @Test
    void saysWhatItIs() {
        assertThat(ClaudeCli.managed()).hasToString("managed 2.1.330").isEqualTo(ClaudeCli.managed());
        assertThat(ClaudeCli.managed(dir))
                .hasToString("managed 2.1.330 in " + dir)
                .isNotEqualTo(ClaudeCli.managed());
        assertThat(ClaudeCli.system()).hasToString("system").isNotEqualTo(ClaudeCli.at("claude"));
        assertThat(ClaudeCli.at("claude")).hasToString("claude on the PATH").hasSameHashCodeAs(ClaudeCli.at("claude"));
        assertThat(ClaudeCli.at(dir)).hasToString(dir.toString()).isEqualTo(ClaudeCli.at(dir.toString()));
    }

    @Test
    void badArgumentsAreRefusedAtOnce() {
        assertThatThrownBy(() -> ClaudeCli.at(" ")).isInstanceOf(IllegalArgumentException.class);
    }
}
