package io.github.claudesessions.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.testing.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Installations by real processes: many at once, and one that is killed. */
@Timeout(120)
final class InstallFromManyJvmsTest {
    @TempDir
    Path dir;

    private final List<Process> children = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process child : children) {
            child.destroyForcibly().waitFor();
        }
    }

    @Test
    void twentyAtOnceInstallOnce() throws Exception {
        try (FakeReleases server = new FakeReleases(TestRelease.ofSize(5_000_000))) {
            List<BufferedReader> outputs = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                outputs.add(child(server).inputReader());
            }
            for (BufferedReader output : outputs) {
                assertThat(output.readLine()).isEqualTo("ready");
            }
            for (Process child : children) {
                child.getOutputStream().close();
            }
            Path file = server.release.file(dir);
            for (BufferedReader output : outputs) {
                assertThat(output.lines()).contains("installed " + file);
            }
            for (Process child : children) {
                assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(child.exitValue()).isZero();
            }
            assertThat(server.downloads).containsExactly("whole");
            assertThat(Files.readAllBytes(file)).isEqualTo(server.release.content());
        }
    }

    @Test
    void killedInMidInstallThenGoesOn() throws Exception {
        try (FakeReleases server = new FakeReleases()) {
            server.hangAfter = 200_000;
            Process first = child(server);
            first.getOutputStream().close();
            BufferedReader output = first.inputReader();
            assertThat(output.lines().anyMatch("DOWNLOADING 200000"::equals)).isTrue();
            first.destroyForcibly().waitFor();
            Path file = server.release.file(dir);
            assertThat(file).doesNotExist();

            server.hangAfter = -1;
            Process second = child(server);
            second.getOutputStream().close();
            assertThat(second.inputReader().lines()).contains("installed " + file);
            assertThat(server.downloads).containsExactly("whole", "bytes=200000-");
            assertThat(Files.readAllBytes(file)).isEqualTo(server.release.content());
        }
    }

    private Process child(FakeReleases server) throws IOException {
        Process child = new ProcessBuilder(JavaCommand.of(
                        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx64m"),
                        InstallChild.class,
                        server.base().toString(),
                        dir.toString(),
                        server.release.version(),
                        server.release.binary().sha256(),
                        Long.toString(server.release.binary().size())))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        children.add(child);
        return child;
    }
}
