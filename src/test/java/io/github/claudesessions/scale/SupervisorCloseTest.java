package io.github.claudesessions.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.SessionStatus;
import io.github.claudesessions.SessionSupervisor;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of many processes at a time. */
@Timeout(180)
@Tag("unix")
@Tag("long")
class SupervisorCloseTest {
    private static final int SESSIONS = 50;

    /** Neither the end of the input nor SIGTERM ends it. */
    private static final String DEAF = "trap '' TERM; on_end() { while :; do sleep 1; done; }";

    private static final String NEVER_ANSWERS = DEAF + "; on_prompt() { started; while :; do sleep 1; done; }";

    /** How long the end took. */
    private static Duration end(
            ClaudeOptions options, Consumer<SessionSupervisor> work, Consumer<SessionSupervisor> end) {
        SessionSupervisor.Builder builder = SessionSupervisor.builder().waitTimeout(Duration.ofMinutes(2));
        for (int i = 0; i < SESSIONS; i++) {
            builder.session("s" + i, options);
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
            return time;
        }
    }

    @Test
    void fiftyAreClosedTogether() {
        Duration time = end(Stub.options().build(), supervisor -> {}, SessionSupervisor::close);
        assertThat(time).isLessThan(Duration.ofSeconds(30));
    }

    /** One after another would take more than four minutes. */
    @Test
    void fiftyThatDoNotListenAreClosedTogether() {
        Duration time = end(Stub.options(DEAF).build(), supervisor -> {}, SessionSupervisor::close);
        assertThat(time).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(60));
    }

    @Test
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
