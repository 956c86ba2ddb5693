package io.github.claudesessions.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.SessionInterruptedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a script in place of npm. */
@Tag("unix")
@Timeout(30)
final class NpmSourceTest {
    @TempDir
    Path dir;

    private final TestRelease release = TestRelease.ofSize(10_000);
    private Path bin;
    private Path cache;

    @BeforeEach
    void prepare() throws IOException {
        bin = Files.createDirectory(dir.resolve("bin"));
        cache = dir.resolve("cache with blank & more");
        Files.write(dir.resolve("content"), release.content());
    }

    private void npm(String script) throws IOException {
        Path npm = Files.writeString(bin.resolve("npm"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path install() {
        return install(Progress.none());
    }

    private Path install(Progress progress) {
        Host host = new Host("Linux", "amd64", Map.of("PATH", bin.toString()), Path.of("/"));
        return release.install(cache, new NpmSource(host)).install(progress);
    }

    @Test
    void takesTheBinaryOutOfThePlatformsPackage() throws IOException {
        npm("echo \"$@\" > '" + dir + "/arguments'; to=node_modules/@anthropic-ai/claude-code-linux-x64;"
                + " mkdir -p $to; cp '" + dir + "/content' $to/claude");
        Path file = install();
        assertThat(Files.readAllBytes(file)).isEqualTo(release.content());
        assertThat(Files.isExecutable(file)).isTrue();
        assertThat(dir.resolve("arguments"))
                .hasContent("install --ignore-scripts --no-save --no-audit --no-fund --no-package-lock --no-global"
                        + " --prefix . @anthropic-ai/claude-code-linux-x64@9.9.9");
        assertNothingLeft();
    }

    @Test
    void saysHowNpmFailed() throws IOException {
        npm("echo 'npm error code E404'; echo secret; exit 1");
        assertThatThrownBy(this::install)
                .hasMessageContaining("npm: it ended with exit code 1 (E404)")
                .message()
                .doesNotContain("secret");
        assertNothingLeft();
    }

    @Test
    void saysThatThePackageIsNotWhatItShouldBe() throws IOException {
        npm("exit 0");
        assertThatThrownBy(this::install).hasMessageContaining("its package has no file claude");
        npm("to=node_modules/@anthropic-ai/claude-code-linux-x64; mkdir -p $to; echo other > $to/claude");
        assertThatThrownBy(this::install).hasMessageContaining("checksum");
        assertNothingLeft();
    }

    @Test
    void anInterruptEndsNpm() throws Exception {
        Path pid = dir.resolve("pid");
        npm("echo $$ > '" + pid + "'; exec sleep 60");
        Progress interrupting = (bytes, total, phase) -> {
            if (pid.toFile().length() > 1) {
                Thread.currentThread().interrupt();
            }
        };
        assertThatThrownBy(() -> install(interrupting)).isInstanceOf(SessionInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
        long id = Long.parseLong(Files.readString(pid).strip());
        Optional<ProcessHandle> process = ProcessHandle.of(id);
        if (process.isPresent()) {
            process.get().onExit().get();
        }
        assertNothingLeft();
    }

    @Test
    void saysThatThereIsNone() {
        assertThatThrownBy(this::install).hasMessageContaining("npm: there is none on the PATH");
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> entries = Files.list(cache.resolve("9.9.9/linux-x64"))) {
            assertThat(entries.map(p -> p.getFileName().toString())).isSubsetOf("claude", ".lock");
        }
    }
}
