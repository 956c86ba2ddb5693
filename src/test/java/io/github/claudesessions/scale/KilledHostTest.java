package io.github.claudesessions.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.testing.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A JVM is killed with sessions at work; the supervisor of the next one takes its state folder. */
@Tag("linux")
@Timeout(120)
class KilledHostTest {
    private static final Logger log = LoggerFactory.getLogger(KilledHostTest.class);
    private static final int SESSIONS = 20;

    @TempDir
    Path temp;

    private final TempFolders folders = new TempFolders();
    private Path state;
    private Path pids;

    private Process start() throws IOException {
        state = temp.resolve("state");
        pids = temp.resolve("pids");
        return new ProcessBuilder(JavaCommand.of(
                        List.of("-Djava.io.tmpdir=" + temp),
                        StubHostMain.class,
                        state.toString(),
                        pids.toString(),
                        Integer.toString(SESSIONS)))
                .redirectError(temp.resolve("host-stderr").toFile())
                .start();
    }

    @AfterEach
    void endWhatIsLeft() {
        folders.restore();
        atWork().stream()
                .filter(KilledHostTest::runs)
                .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void theNextSupervisorEndsWhatIsLeftAndKnowsTheNames() throws Exception {
        Process host = start();
        List<String> ids;
        try {
            ids = idsAtWork(host);
            assertThatExceptionOfType(LaunchException.class)
                    .isThrownBy(this::open)
                    .withMessageContaining("another JVM: {\"pid\":" + host.pid() + "}");
            assertThat(atWork()).allMatch(KilledHostTest::runs);
        } finally {
            host.destroyForcibly().waitFor();
        }
        assertThat(atWork()).allMatch(KilledHostTest::runs);
        folders.use(temp); // that of the JVM before
        assertThat(Usage.entries(temp, "claude-sessions-")).isEqualTo(SESSIONS);
        long start = System.nanoTime();
        try (SessionSupervisor supervisor = open()) {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(atWork()).noneMatch(KilledHostTest::runs);
            log.info("{} processes and {} shells of a killed JVM ended in {} ms", SESSIONS, SESSIONS, took.toMillis());
            assertThat(took).isLessThan(Duration.ofSeconds(5));
            assertThat(Usage.entries(state.resolve("children"), "")).isZero();
            for (int i = 0; i < SESSIONS; i++) {
                ClaudeSession session =
                        supervisor.perUser("user " + i, Stub.options().build());
                assertThat(session.sessionId()).contains(ids.get(i));
            }
            assertThat(Usage.becomes(Duration.ofSeconds(20), () -> Usage.entries(temp, "claude-sessions-") == 0))
                    .isTrue();
            assertThat(supervisor.query("user 7", "hello").text()).isEqualTo("hello");
            assertThat(Usage.entries(state.resolve("children"), "")).isEqualTo(1);
        }
        assertThat(Usage.entries(state.resolve("children"), "")).isZero();
    }

    /** All that was live when the JVM was told to end is gone, and found again by name. */
    @Test
    void theNamesOutliveAJvmThatEndsByItself() throws Exception {
        Process host = start();
        List<String> ids;
        try {
            ids = idsAtWork(host);
            host.destroy();
            assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            host.destroyForcibly().waitFor();
        }
        assertThat(Usage.becomes(Duration.ofSeconds(10), () -> atWork().stream().noneMatch(KilledHostTest::runs)))
                .isTrue();
        try (SessionSupervisor supervisor = open()) {
            for (int i = 0; i < SESSIONS; i++) {
                assertThat(supervisor
                                .perUser("user " + i, Stub.options().build())
                                .sessionId())
                        .contains(ids.get(i));
            }
        }
    }

    /** The ids of the sessions of {@code host} when all are in the middle of a turn. */
    private List<String> idsAtWork(Process host) throws IOException {
        List<String> ids = new ArrayList<>();
        BufferedReader out = host.inputReader();
        while (ids.size() < SESSIONS) {
            String line = out.readLine();
            assertThat(line).as(() -> read(temp.resolve("host-stderr"))).isNotNull();
            ids.add(line);
        }
        assertThat(Usage.becomes(Duration.ofSeconds(30), () -> atWork().size() == 2 * SESSIONS))
                .isTrue();
        return ids;
    }

    private SessionSupervisor open() {
        return SessionSupervisor.builder().stateFolder(state).open();
    }

    /** The processes that stand in for the CLI, and their shells. */
    private List<Long> atWork() {
        return Arrays.stream(read(pids).split("\\s+"))
                .filter(pid -> !pid.isEmpty())
                .map(Long::valueOf)
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An orphan is dead when it is a zombie: its reaping is not ours. */
    private static boolean runs(long pid) {
        try {
            return !Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                    .contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }
}
