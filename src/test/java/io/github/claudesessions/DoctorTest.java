package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.DoctorReport.Finding;
import io.github.claudesessions.DoctorReport.Status;
import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.testing.FakeClaude;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The checks, one by one, with scripts in the place of the CLI. */
@Timeout(60)
@Tag("unix")
class DoctorTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path dir;

    private Path script(String version, String status) throws IOException {
        Path file = dir.resolve("claude-" + version);
        Files.writeString(
                file, "#!/bin/sh\nif [ \"$1\" = --version ]; then echo " + version + "; exit 0; fi\n" + status + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    private ClaudeOptions.Builder options(Path cli) {
        return ClaudeOptions.builder()
                .cli(ClaudeCli.at(cli))
                .cwd(dir)
                .env("CLAUDE_CONFIG_DIR", dir.resolve("config").toString());
    }

    private static Finding check(ClaudeOptions options, String name) {
        return Claude.doctor(options).check(name).orElseThrow();
    }

    @Test
    void aVersionOtherThanThePinnedOneIsAWarning() throws IOException {
        Finding other = check(options(script("1.2.3", "exit 1")).build(), "cli version");
        assertThat(other.status()).isEqualTo(Status.WARNING);
        assertThat(other.value()).isEqualTo("1.2.3");
        assertThat(other.advice()).contains(ClaudeCli.PINNED_VERSION);
        Finding pinned =
                check(options(script(ClaudeCli.PINNED_VERSION, "exit 1")).build(), "cli version");
        assertThat(pinned).isEqualTo(new Finding("cli version", Status.OK, ClaudeCli.PINNED_VERSION, ""));
    }

    @Test
    void aMissingCliIsAFailure() {
        DoctorReport report = Claude.doctor(options(dir.resolve("nothing")).build());
        assertThat(report.ok()).isFalse();
        assertThat(report.check("cli").orElseThrow().status()).isEqualTo(Status.FAILED);
        assertThat(report.check("cli").orElseThrow().advice())
                .contains(dir.resolve("nothing").toString());
        assertThat(report.check("cli version")).isEmpty();
    }

    @Test
    void aManagedCliThatIsNotInstalledIsNotInstalled() {
        Finding cli = check(
                ClaudeOptions.builder()
                        .cli(ClaudeCli.managed(dir.resolve("cli")))
                        .build(),
                "cli");
        assertThat(cli.status()).isEqualTo(Status.WARNING);
        assertThat(cli.value()).contains("not installed");
        assertThat(dir.resolve("cli")).doesNotExist();
    }

    @Test
    void ofTheCredentialsOnlyTheKindIsTaken() throws IOException {
        String answer = "echo '{\"authMethod\":\"api_key\",\"apiKeySource\":\"ANTHROPIC_API_KEY\",\"email\":\"a@b.c\","
                + "\"apiProvider\":\"firstParty\"}'";
        assertThat(check(options(script("1.0.0", answer)).build(), "authentication"))
                .isEqualTo(new Finding("authentication", Status.OK, "api_key from ANTHROPIC_API_KEY", ""));
        String bedrock = "echo '{\"authMethod\":\"third_party\",\"apiProvider\":\"bedrock\"}'";
        assertThat(check(options(script("1.0.1", bedrock)).build(), "authentication")
                        .value())
                .isEqualTo("third_party, bedrock");
        assertThat(check(options(script("1.0.2", "exit 1")).build(), "authentication")
                        .status())
                .isEqualTo(Status.FAILED);
        assertThat(check(options(script("1.0.3", "echo hello")).build(), "authentication")
                        .value())
                .isEqualTo("there is one, of an unknown kind");
    }

    @Test
    void aSecretIsMaskedWhereverItTurnsUp() throws IOException {
        String answer = "echo \"{\\\"authMethod\\\":\\\"$ANTHROPIC_API_KEY-$MY_TOKEN\\\"}\"";
        ClaudeOptions options = options(script("1.0.0", answer))
                .apiKey(Options.SECRET)
                .env("MY_TOKEN", "token-0123456789")
                .build();
        DoctorReport report = Claude.doctor(options);
        assertThat(report.check("authentication").orElseThrow().value()).isEqualTo("***-***");
        assertThat(report.text() + report).doesNotContain(Options.SECRET, "token-0123456789");
    }

    @Test
    void folders() throws IOException {
        Path file = Files.createFile(dir.resolve("file"));
        DoctorReport report = Claude.doctor(options(script("1.0.0", "exit 1"))
                .cwd(dir.resolve("absent"))
                .env("CLAUDE_CONFIG_DIR", file.resolve("config").toString())
                .build());
        assertThat(report.check("cwd").orElseThrow().status()).isEqualTo(Status.FAILED);
        assertThat(report.check("config folder").orElseThrow().status()).isEqualTo(Status.FAILED);
        assertThat(report.check("config folder").orElseThrow().advice()).contains(file.toString());
        assertThat(report.check("temp folder").orElseThrow().status()).isEqualTo(Status.OK);
        Path config = dir.resolve("a/b");
        Finding later = check(
                options(script("1.0.0", "exit 1"))
                        .env("CLAUDE_CONFIG_DIR", config.toString())
                        .build(),
                "config folder");
        assertThat(later).isEqualTo(new Finding("config folder", Status.OK, config + ", will be made", ""));
        assertThat(dir.resolve("a")).doesNotExist();
    }

    @Test
    void aTransportIsNotLookedAt() {
        DoctorReport report = Claude.doctor(
                ClaudeOptions.builder().transport(FakeClaude.create()).build());
        assertThat(report.ok()).isTrue();
        assertThat(report.check("authentication")).isEmpty();
        assertThat(report.checks())
                .extracting(Finding::name)
                .contains("cli", "user", "config folder", "temp folder", "cwd", "open files", "java")
                .doesNotContain("network");
    }

    @Test
    void theNetworkIsTriedOnDemandAndNamedWithoutCredentials() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + server.getLocalPort();
            ClaudeOptions options = ClaudeOptions.builder()
                    .transport(FakeClaude.create())
                    .env("ANTHROPIC_BASE_URL", "http://user:pass-word@" + address + "/v1?secret=1")
                    .env("NO_PROXY", "127.0.0.1")
                    .build();
            assertThat(Doctor.of(options).network(LONG).run().check("network"))
                    .contains(new Finding("network", Status.OK, address, ""));
            ClaudeOptions behindProxy = options.toBuilder()
                    .env(Map.of(
                            "ANTHROPIC_BASE_URL", "https://api.invalid",
                            "NO_PROXY", "",
                            "no_proxy", "",
                            "https_proxy", "http://user:pass-word@" + address))
                    .build();
            assertThat(Doctor.of(behindProxy)
                            .network(LONG)
                            .run()
                            .check("network")
                            .orElseThrow()
                            .value())
                    .isEqualTo("proxy " + address + " to api.invalid:443");
        }
    }

    @Test
    void anAddressThatTakesNoConnectionIsAFailure() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = server.getLocalPort();
        }
        Finding refused = NetworkCheck.of(Map.of("ANTHROPIC_BASE_URL", "http://127.0.0.1:" + port), LONG);
        assertThat(refused.status()).isEqualTo(Status.FAILED);
        assertThat(refused.value()).startsWith("127.0.0.1:" + port + ": ");
        assertThat(refused.advice()).contains("ANTHROPIC_BASE_URL");
        assertThat(NetworkCheck.of(Map.of("ANTHROPIC_BASE_URL", "no address"), LONG)
                        .status())
                .isEqualTo(Status.FAILED);
    }

    @Test
    void limitsOfTheSystem() throws IOException {
        Files.createDirectories(dir.resolve("proc/self"));
        Files.createDirectories(dir.resolve("sys/fs/cgroup"));
        Files.writeString(dir.resolve("proc/self/limits"), """
                Limit                     Soft Limit           Hard Limit           Units
                Max processes             unlimited            unlimited            processes
                Max open files            1024                 1048576              files
                """);
        Files.writeString(dir.resolve("proc/meminfo"), "MemTotal: 9 kB\nMemAvailable:    2097152 kB\n");
        Files.writeString(dir.resolve("sys/fs/cgroup/memory.max"), "1073741824\n");
        Files.writeString(dir.resolve("sys/fs/cgroup/memory.current"), "1048576000\n");
        List<Finding> found = SystemLimits.checks(dir);
        assertThat(found)
                .extracting(Finding::name)
                .containsExactly("open files", "processes and threads", "free memory");
        assertThat(found).extracting(Finding::value).containsExactly("1024", "unlimited", "24 MiB");
        assertThat(found).extracting(Finding::status).containsExactly(Status.WARNING, Status.OK, Status.WARNING);

        Files.writeString(dir.resolve("sys/fs/cgroup/pids.max"), "100\n");
        Files.writeString(dir.resolve("sys/fs/cgroup/memory.max"), "max\n");
        assertThat(SystemLimits.checks(dir)).extracting(Finding::value).containsExactly("1024", "100", "2048 MiB");
        assertThat(SystemLimits.checks(dir.resolve("elsewhere")))
                .extracting(Finding::value)
                .containsOnly("unknown");
    }

    @Test
    void theTextIsInColumns() {
        DoctorReport report = new DoctorReport(List.of(
                new Finding("cli", Status.OK, "/opt/claude", ""),
                new Finding("open files", Status.WARNING, "1024", "Raise\nit."),
                new Finding("cwd", Status.FAILED, "", "")));
        assertThat(report.text()).isEqualTo("""
                        ok       cli         /opt/claude
                        warning  open files  1024
                                             -> Raise it.
                        failed   cwd
                        """);
        assertThat(report.ok()).isFalse();
        assertThat(report.check("nothing")).isEmpty();
    }

    @Test
    void wrongArgumentsAreNamed() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream none = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        int code = Doctor.main(new String[] {"--net"}, none, new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(code).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("usage: ").contains("[--network]");
    }

    @Test
    void anInterruptEndsIt() throws IOException {
        ClaudeOptions options = options(script("1.0.0", "exec sleep 100")).build();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Claude.doctor(options)).isInstanceOf(SessionInterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
