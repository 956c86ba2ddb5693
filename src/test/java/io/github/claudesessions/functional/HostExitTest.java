package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.testing.JavaCommand;
import io.github.claudesessions.testing.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The host's JVM ends: neither does an open session hold it up, nor does its CLI outlive it. */
@Timeout(60)
@Tag("unix")
class HostExitTest extends OnRealCli {
    private final CountDownLatch never = new CountDownLatch(1);

    @TempDir
    Path temp;

    @Test
    void systemExitInMidTurn() throws Exception {
        Duration limit = Duration.ofSeconds(3);
        assertThat(Eventually.atBest(limit, this::fromSystemExitToTheEndOfTheCli))
                .isLessThan(limit);
    }

    private Duration fromSystemExitToTheEndOfTheCli() throws Exception {
        api.reply(Reply.text("a", "b").pauseAfter(1, never));
        try (Host host = new Host("exit")) {
            assertThat(host.out.readLine()).isEqualTo("exits");
            long start = System.nanoTime();
            assertThat(host.end()).isEqualTo(3);
            gone(host);
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    @Test
    void returningFromMain() throws Exception {
        api.reply(Reply.text("hello"));
        try (Host host = new Host("return")) {
            assertThat(host.out.readLine()).isEqualTo("text hello");
            assertThat(host.end()).isZero();
            gone(host);
        }
    }

    @Test
    void sparesThatNobodyHasTaken() throws Exception {
        try (Host host = new Host("spares")) {
            assertThat(host.out.readLine()).isEqualTo("spares true");
            assertThat(host.end()).isZero();
            gone(host);
        }
    }

    @Test
    void anExceptionInMain() throws Exception {
        api.reply(Reply.text("hello"));
        try (Host host = new Host("throw")) {
            assertThat(host.end()).isEqualTo(1);
            gone(host);
        }
    }

    @Test
    void sigtermInMidTurn() throws Exception {
        api.reply(Reply.hang());
        try (Host host = new Host("wait")) {
            api.awaitRequests(1, SOON);
            host.process.destroy();
            assertThat(host.end()).isEqualTo(143);
            gone(host);
        }
    }

    /** Nobody is left to close the session; the CLI sees the end of its input. */
    @Test
    void sigkillWhileIdle() throws Exception {
        api.reply(Reply.text("hello"));
        try (Host host = new Host("idle")) {
            assertThat(host.out.readLine()).isEqualTo("text hello");
            assertThat(Processes.commandLine(host.cliPid)).isNotEmpty();
            host.process.destroyForcibly();
            assertThat(host.end()).isEqualTo(137);
            Eventually.within(
                    Duration.ofSeconds(10),
                    () -> Processes.describe(api),
                    // an orphan may stay a zombie, whose command line is empty
                    () -> Processes.of(api).isEmpty()
                            && Processes.commandLine(host.cliPid).isEmpty());
        }
    }

    @Test
    @Tag("linux")
    void theChildDoesNotInheritWhatBelongsToAnotherSession() throws Exception {
        api.reply(Reply.hang());
        try (Host host = new Host("wait")) {
            api.awaitRequests(1, SOON);
            Map<String, String> child = Processes.environment(host.cliPid);
            assertThat(child)
                    .containsEntry("ADDED_BY_OPTIONS", "added")
                    .containsEntry("FROM_THE_HOST", "inherited")
                    .containsKeys("PATH", "CLAUDE_SESSIONS_PROCESS", "CLAUDE_CODE_ENTRYPOINT")
                    .containsEntry("CLAUDE_CODE_SDK_READS_SESSION_STATE", "1")
                    .doesNotContainKeys(
                            "CLAUDECODE",
                            "NODE_OPTIONS",
                            "VSCODE_INSPECTOR_OPTIONS",
                            "BUN_INSPECT",
                            "CLAUDE_CODE_RESUME_INTERRUPTED_TURN");
            host.process.destroy();
            host.end();
            gone(host);
        }
    }

    /** Soon after the end of the JVM there is no CLI, and its private folder is removed. */
    private void gone(Host host) throws IOException {
        Eventually.within(
                Duration.ofSeconds(10),
                () -> Processes.describe(api),
                () -> Processes.of(api).isEmpty());
        assertThat(ProcessHandle.of(host.cliPid).filter(ProcessHandle::isAlive)).isEmpty();
        try (var left = Files.list(temp)) {
            assertThat(left.filter(file -> !file.getFileName().toString().startsWith("hsperf")))
                    .isEmpty();
        }
    }

    private final class Host implements AutoCloseable {
        final Process process;
        final BufferedReader out;
        final long cliPid;

        Host(String how) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(
                    List.of("-Djava.io.tmpdir=" + temp, "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"),
                    HostMain.class,
                    how,
                    ClaudeCli.managed().resolve().toString(),
                    cwd.toString()));
            Map<String, String> environment = builder.environment();
            environment.putAll(api.environment());
            environment.putAll(Map.of(
                    "CLAUDECODE",
                    "1",
                    "NODE_OPTIONS",
                    "--no-warnings",
                    "VSCODE_INSPECTOR_OPTIONS",
                    "{}",
                    "BUN_INSPECT",
                    "",
                    "CLAUDE_CODE_RESUME_INTERRUPTED_TURN",
                    "1",
                    "FROM_THE_HOST",
                    "inherited"));
            process = builder.redirectError(cwd.resolve("host-stderr.txt").toFile())
                    .start();
            out = process.inputReader();
            String line = out.readLine();
            if (line == null || !line.startsWith("pid ")) {
                throw new AssertionError(line + "\n" + Files.readString(cwd.resolve("host-stderr.txt")));
            }
            cliPid = Long.parseLong(line.substring("pid ".length()));
        }

        int end() throws InterruptedException {
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
