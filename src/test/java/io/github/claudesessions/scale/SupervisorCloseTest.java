package io.github.claudesessions.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.DrainedSession;
import io.github.claudesessions.SessionStatus;
import io.github.claudesessions.SessionSupervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The end of many processes at a time. What one does that does not listen: see {@link ProcessLifeTest}. */
@Timeout(180)
@Tag("unix")
class SupervisorCloseTest {
    private static final int SESSIONS = 50;

    /** Neither the end of the input nor SIGTERM ends it. */
    private static final String DEAF = "trap '' TERM; on_end() { while :; do sleep 1; done; }";

    /** When somebody opens the pipe GATE for writing. */
    private static final String ANSWERS_LATE = "on_prompt() { started; : < \"$GATE\"; finish done; }";

    private static final String ANSWERS_WHEN_INTERRUPTED = "on_prompt() { started; }; on_control() { answer '{}'; case"
            + " $input in *'\"subtype\":\"interrupt\"'*) finish cut ;; esac; }";

    private static final String NEVER_ANSWERS = DEAF + "; on_prompt() { started; while :; do sleep 1; done; }";

    private static Duration end(
            ClaudeOptions options, Consumer<SessionSupervisor> work, Consumer<SessionSupervisor> end) {
        return end(i -> options, work, end);
    }

    /** How long the end took. */
    private static Duration end(
            IntFunction<ClaudeOptions> options, Consumer<SessionSupervisor> work, Consumer<SessionSupervisor> end) {
        SessionSupervisor.Builder builder = SessionSupervisor.builder().waitTimeout(Duration.ofMinutes(2));
        for (int i = 0; i < SESSIONS; i++) {
            builder.session("s" + i, options.apply(i));
        }
        try (SessionSupervisor supervisor = builder.open()) {
            work.accept(supervisor);
            List<Long> pids = supervisor.list().stream().map(SessionStatus::pid).toList();
            assertThat(pids).hasSize(SESSIONS).allMatch(pid -> pid > 0);
            long start = System.nanoTime();
            end.accept(supervisor);
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            assertThat(pids)
                    .noneMatch(pid ->
                            ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent());
            assertThat(supervisor.processes()).isZero();
            System.out.printf("%d supervised sessions ended in %d ms%n", SESSIONS, time.toMillis());
            return time;
        }
    }

    @Test
    void fiftyAreClosedTogether() {
        Duration time = end(Stub.options().build(), supervisor -> {}, SessionSupervisor::close);
        assertThat(time).isLessThan(Duration.ofSeconds(30));
    }

    /** Each of fifty turns has ended, and its caller has the answer, or is in the list of those that were cut. */
    @Test
    void fiftyTurnsEndOrAreCut(@TempDir Path folder) throws Exception {
        Path gate = folder.resolve("gate");
        assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor())
                .isZero();
        ClaudeOptions ends =
                Stub.options(ANSWERS_LATE).env("GATE", gate.toString()).build();
        ClaudeOptions goesOn = Stub.options(ANSWERS_WHEN_INTERRUPTED).build();
        Set<String> ended = ConcurrentHashMap.newKeySet();
        List<DrainedSession> drained = new ArrayList<>();
        Duration time = end(i -> i % 2 == 0 ? ends : goesOn, supervisor -> askAll(supervisor, ended), supervisor -> {
            Thread.startVirtualThread(() -> open(gate));
            drained.addAll(supervisor.drain(Duration.ofSeconds(1)));
        });
        Set<String> cut = drained.stream()
                .filter(DrainedSession::turnCut)
                .map(DrainedSession::name)
                .collect(Collectors.toSet());
        assertThat(drained).hasSize(SESSIONS);
        assertThat(cut)
                .contains(IntStream.range(0, SESSIONS)
                        .filter(i -> i % 2 == 1)
                        .mapToObj(i -> "s" + i)
                        .toArray(String[]::new));
        assertThat(Usage.becomes(Duration.ofSeconds(5), () -> ended.size() + cut.size() == SESSIONS))
                .as("%s ended, %s cut", ended, cut)
                .isTrue();
        assertThat(ended).isNotEmpty().doesNotContainAnyElementsOf(cut);
        assertThat(time).isLessThan(Duration.ofSeconds(20));
    }

    /** Has all begin a turn; {@code ended} gets the names of those whose turn is answered. */
    private static void askAll(SessionSupervisor supervisor, Set<String> ended) {
        for (SessionStatus status : supervisor.list()) {
            Thread.startVirtualThread(() -> {
                if (supervisor.query(status.name(), "go").text().equals("done")) {
                    ended.add(status.name());
                }
            });
        }
        assertThat(Usage.becomes(
                        Duration.ofSeconds(30),
                        () -> supervisor.list().stream()
                                .allMatch(status -> status.idleSince().isEmpty())))
                .isTrue();
    }

    private static void open(Path gate) {
        try {
            Files.newOutputStream(gate, StandardOpenOption.WRITE).close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One after another would take more than four minutes. */
    @Test
    @Tag("long")
    void fiftyThatDoNotListenAreClosedTogether() {
        Duration time = end(Stub.options(DEAF).build(), supervisor -> {}, SessionSupervisor::close);
        assertThat(time).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(60));
    }

    @Test
    @Tag("long")
    void fiftyThatDoNotListenAreDrained() {
        Duration time = end(
                Stub.options(NEVER_ANSWERS).build(),
                supervisor -> supervisor
                        .list()
                        .forEach(status -> supervisor.session(status.name()).send("go")),
                supervisor -> assertThat(supervisor.drain(Duration.ofMillis(500)))
                        .hasSize(SESSIONS)
                        .allMatch(session -> session.turnCut()));
        assertThat(time).isLessThan(Duration.ofSeconds(60));
    }
}
