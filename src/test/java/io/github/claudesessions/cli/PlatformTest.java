package io.github.claudesessions.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
final class PlatformTest {
    @TempDir
    Path root;

    private String platform(String os, String arch) {
        return Platform.of(new Host(os, arch, Map.of(), root));
    }

    private void touch(String file) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.resolveSibling(".").normalize());
        Files.writeString(path, "");
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x64",
        "Linux, aarch64, linux-arm64",
        "Mac OS X, x86_64, darwin-x64",
        "Mac OS X, aarch64, darwin-arm64",
        "Windows 11, amd64, win32-x64",
        "Windows Server 2025, aarch64, win32-arm64"
    })
    void everyPlatformHasABuild(String os, String arch, String expected) {
        assertThat(platform(os, arch)).isEqualTo(expected);
        assertThat(Release.PINNED.binary(expected)).hasValueSatisfying(binary -> {
            assertThat(binary.sha256()).matches("[0-9a-f]{64}");
            assertThat(binary.size()).isGreaterThan(300_000_000);
        });
    }

    @Test
    void muslIsToldFromGlibc() throws IOException {
        touch("lib/ld-musl-x86_64.so.1");
        assertThat(platform("Linux", "amd64")).isEqualTo("linux-x64-musl");
        assertThat(platform("Linux", "aarch64")).isEqualTo("linux-arm64-musl");
        assertThat(Release.PINNED.binaries()).containsKeys("linux-x64-musl", "linux-arm64-musl");
    }

    @Test
    void whereBothAreTheJvmsOwnDecides() throws IOException {
        touch("lib/ld-musl-x86_64.so.1");
        touch("lib64/ld-linux-x86-64.so.2");
        assertThat(platform("Linux", "amd64")).isEqualTo("linux-x64");
        touch("proc/self/maps");
        Files.writeString(root.resolve("proc/self/maps"), "7f00-7f01 r-xp 0 00:00 1 /lib/ld-musl-x86_64.so.1\n");
        assertThat(platform("Linux", "amd64")).isEqualTo("linux-x64-musl");
    }

    @Test
    void anOddMachineHasNoBuild() {
        assertThat(Release.PINNED.binary(platform("FreeBSD", "riscv64"))).isEmpty();
    }
}
