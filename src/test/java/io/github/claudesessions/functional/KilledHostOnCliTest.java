package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.JavaCommand;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A JVM is killed in the middle of turns, with background shells; each conversation goes on in the next one. */
@Tag("linux")
@Timeout(420)
class KilledHostOnCliTest extends OnRealCli {
    private static final Pattern NUMBER = Pattern.compile("my number is (\\d+)");

    private volatile CountDownLatch atWork = new CountDownLatch(0);

    @TempDir
    Path temp;

    /** Remembers by what it is sent only. */
    private Reply answer(ApiRequest request) {
        String conversation = request.messages().toString();
        if (asks(request, "which number?")) {
            Matcher number = NUMBER.matcher(conversation);
            return Reply.text(number.find() ? number.group(1) : "none");
        }
        if (conversation.contains("sleep 654")) {
            atWork.countDown();
            return Reply.hang();
        }
        return asks(request, "work") ? backgroundBash("sleep 654") : Reply.text("noted");
    }

    private Process start(int sessions) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(JavaCommand.of(
                List.of("-Djava.io.tmpdir=" + temp),
                SupervisedHostMain.class,
                temp.resolve("state").toString(),
                ClaudeCli.managed().resolve().toString(),
                cwd.toString(),
                Integer.toString(sessions)));
        builder.environment().putAll(api.environment());
        return builder.redirectErrorStream(true)
                .redirectOutput(temp.resolve("host-output").toFile())
                .start();
    }

    @Test
    void fourConversationsGoOnByName() throws Exception {
        goOnByName(4);
    }

    @Test
    @Tag("long")
    void twentyConversationsGoOnByName() throws Exception {
        goOnByName(20);
    }

    private void goOnByName(int sessions) throws Exception {
        atWork = new CountDownLatch(sessions);
        api.replyWith(this::answer);
        try {
            killAtWork(start(sessions));
            assertThat(shells()).isEqualTo(sessions);
            assertThat(stateFiles())
                    .hasSize(2 * sessions + 1)
                    .allSatisfy(file -> assertThat(file)
                            .content()
                            .doesNotContain(api.environment().get("ANTHROPIC_API_KEY"), "my number"));
            nextSupervisor(sessions);
        } catch (Exception | AssertionError e) {
            Processes.of(api).forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            throw e;
        }
    }

    private void killAtWork(Process host) throws InterruptedException {
        try {
            assertThat(atWork.await(240, TimeUnit.SECONDS))
                    .as(() -> Processes.describe(api))
                    .isTrue();
        } finally {
            host.destroyForcibly().waitFor();
        }
    }

    private void nextSupervisor(int sessions) {
        long start = System.nanoTime();
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .stateFolder(temp.resolve("state"))
                .maxLive(2)
                .open()) {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            System.out.printf(
                    "%d sessions of a killed JVM ended with their shells in %d ms%n", sessions, took.toMillis());
            assertThat(Processes.of(api)).isEmpty();
            assertThat(took).isLessThan(Duration.ofSeconds(5));
            for (int i = 0; i < sessions; i++) {
                supervisor.perUser("user " + i, builder().build());
                assertThat(supervisor.query("user " + i, "which number?").text())
                        .isEqualTo(Integer.toString(100 + i));
            }
        }
        assertThat(temp.resolve("state/children")).isEmptyDirectory();
    }

    private List<Path> stateFiles() throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve("state"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private long shells() {
        return Processes.of(api).stream()
                .filter(pid -> Processes.commandLine(pid).startsWith("sleep 654"))
                .count();
    }
}
