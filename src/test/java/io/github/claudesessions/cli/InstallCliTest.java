package io.github.claudesessions.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class InstallCliTest {
    @TempDir
    Path dir;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return InstallCli.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void thePathIsAllThatIsPrinted() {
        Path installed = ClaudeCli.managed().resolve();
        Path base = installed.resolve("../../..").normalize();
        assertThat(run(base.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(installed + System.lineSeparator());
        assertThat(err.size()).isZero();
    }

    @Test
    void aFailureIsOneLine() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "");
        assertThat(run(file.toString())).isEqualTo(1);
        assertThat(out.size()).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains(file.toString(), "CLAUDE_SESSIONS_CLI_DIR");
    }

    @Test
    void wrongArgumentsAreToldFromFailures() {
        assertThat(run("a", "b")).isEqualTo(2);
        assertThat(run("--help")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("usage");
    }
}
