package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.testing.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demo as the README has it run: from its source, the real CLI below, without credentials. */
@Timeout(120)
class DemoRunTest {
    private static final String ANSWER = "Virtual threads are Java threads that cost next to nothing, so that plain"
            + " blocking code scales to as many as you like. (A played model said this.)\n";
    private static final String SUMMARY =
            "1 turn\\(s\\), [1-9]\\d* tokens in, [1-9]\\d* out, \\$\\d+\\.\\d{4}, \\d+\\.\\d s";

    @TempDir
    Path home;

    @TempDir
    Path output;

    @Test
    void offline() throws Exception {
        assertThat(demo("-Doffline=true")).singleElement().asString().matches(SUMMARY);
    }

    @Test
    void withoutCredentialsItSaysSoAndPlaysTheModel() throws Exception {
        List<String> stderr = demo();
        assertThat(stderr).hasSize(2);
        assertThat(stderr.getFirst()).contains("no credentials", "ANTHROPIC_API_KEY", "played model");
        assertThat(stderr.getLast()).matches(SUMMARY);
    }

    /** Its standard error; what it prints is the same for all. */
    private List<String> demo(String... jvmOptions) throws IOException, InterruptedException {
        Path stderr = output.resolve("stderr");
        Process process = builder(jvmOptions).redirectError(stderr.toFile()).start();
        String stdout = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(stderr)).isZero();
        assertThat(stdout).isEqualToNormalizingNewlines(ANSWER);
        return Files.readAllLines(stderr);
    }

    private ProcessBuilder builder(String... jvmOptions) {
        List<String> command = Stream.of(
                        JavaCommand.of(List.of()).stream(),
                        Stream.of("-Dorg.slf4j.simpleLogger.defaultLogLevel=off"),
                        Stream.of(jvmOptions),
                        Stream.of("src/demo/java/Demo.java", "Explain virtual threads in one sentence"))
                .flatMap(part -> part)
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command);
        Path installed = ClaudeCli.managed().resolve();
        builder.environment().keySet().removeIf(DemoRunTest::mayMatter);
        builder.environment().put("HOME", home.toString());
        builder.environment().put("USERPROFILE", home.toString());
        builder.environment()
                .put(
                        "CLAUDE_SESSIONS_CLI_DIR",
                        installed.getParent().getParent().getParent().toString());
        return builder;
    }

    /** Credentials and settings of whoever runs the tests, and what makes a JVM write to its standard error. */
    private static boolean mayMatter(String variable) {
        return variable.startsWith("ANTHROPIC_")
                || variable.startsWith("CLAUDE")
                || variable.equals("JAVA_TOOL_OPTIONS")
                || variable.equals("JDK_JAVA_OPTIONS");
    }
}
