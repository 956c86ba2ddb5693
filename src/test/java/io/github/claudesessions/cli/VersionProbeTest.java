package io.github.claudesessions.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.CliNotFoundException;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.error.TimeLimitException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("unix")
@Timeout(30)
final class VersionProbeTest {
    @TempDir
    Path dir;

    private final VersionProbe probe = new VersionProbe(VersionProbe.LIMIT);

    private Path cli(String script) throws IOException {
        Path file = Files.writeString(dir.resolve("claude"), "#!/bin/sh\necho run >> '" + dir + "/runs'\n" + script);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private int runs() throws IOException {
        return Files.readAllLines(dir.resolve("runs")).size();
    }

    @Test
    void asksOncePerFile() throws IOException {
        Path file = cli("echo '2.1.330 (Claude Code)'");
        assertThat(probe.version(file)).isEqualTo("2.1.330");
        Path link = Files.createSymbolicLink(dir.resolve("link"), file);
        assertThat(probe.version(link)).isEqualTo("2.1.330");
        assertThat(runs()).isEqualTo(1);

        cli("echo '2.2.0-beta.1 (Claude Code)'");
        assertThat(probe.version(file)).isEqualTo("2.2.0-beta.1");
        assertThat(runs()).isEqualTo(2);
    }

    @Test
    void oneKillIsForgiven() throws IOException {
        Path file = cli("[ -e '" + dir + "/again' ] && echo 1.2.3 && exit; touch '" + dir + "/again'; kill -9 $$");
        assertThat(probe.version(file)).isEqualTo("1.2.3");
        assertThat(runs()).isEqualTo(2);

        Path always = cli("kill -9 $$");
        assertThatThrownBy(() -> probe.version(always))
                .isInstanceOfSatisfying(
                        ProcessExitedException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(137));
        assertThat(runs()).isEqualTo(4);
    }

    @Test
    void aFailureHasCodeAndStderr() throws IOException {
        Path file = cli("echo wrong >&2; exit 3");
        assertThatThrownBy(() -> probe.version(file)).isInstanceOfSatisfying(ProcessExitedException.class, e -> {
            assertThat(e.exitCode()).isEqualTo(3);
            assertThat(e.stderrTail()).isEqualTo("wrong\n");
        });
        Path other = cli("echo hello");
        assertThatThrownBy(() -> probe.version(other)).hasMessageContaining("no version");
    }

    @Test
    void isBounded() throws IOException {
        Path file = cli("exec sleep 60");
        VersionProbe hasty = new VersionProbe(Duration.ofMillis(200));
        assertThatThrownBy(() -> hasty.version(file)).isInstanceOf(TimeLimitException.class);
    }

    @Test
    void aGrandchildThatHoldsThePipeIsNotWaitedFor() throws IOException {
        Path file = cli("sleep 1 & echo 1.2.3");
        assertThat(probe.version(file)).isEqualTo("1.2.3");
    }

    @Test
    void anInterruptIsKept() throws IOException {
        Path file = cli("exec sleep 60");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> probe.version(file)).isInstanceOf(SessionInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aMissingFileIsNotFound() {
        assertThatThrownBy(() -> probe.version(dir.resolve("none"))).isInstanceOf(CliNotFoundException.class);
    }
}
