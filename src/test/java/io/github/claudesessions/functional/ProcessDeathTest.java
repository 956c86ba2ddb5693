package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Health;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.testing.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The CLI dies: whoever waits, and whoever comes later, is told at once and in the same way. */
@Timeout(60)
@Tag("unix")
class ProcessDeathTest extends OnRealCli {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    @Test
    void killedInMidTurn() throws Exception {
        assertThat(Eventually.atBest(AT_ONCE, this::fromKillInMidTurnToTheError))
                .isLessThan(AT_ONCE);
    }

    private Duration fromKillInMidTurnToTheError() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        api.reply(Reply.text("a", "b").pauseAfter(1, never));
        try (ClaudeSession session = open()) {
            long pid = session.pid();
            CountDownLatch first = new CountDownLatch(1);
            List<String> seen = new ArrayList<>();
            CompletableFuture<ProcessExitedException> reader =
                    dying(() -> session.streamText("letters").forEach(letter -> {
                        seen.add(letter);
                        first.countDown();
                    }));
            await(first);
            CompletableFuture<ProcessExitedException> queued = dying(() -> session.query("queued"));

            Duration time = fromKillToError(pid, reader);
            assertThat(seen).containsExactly("a");
            assertKilled(queued.get(SOON.toSeconds(), TimeUnit.SECONDS), pid);
            assertKilled(catchThrowableOfType(ProcessExitedException.class, () -> session.query("later")), pid);
            assertKilled(catchThrowableOfType(ProcessExitedException.class, session::interrupt), pid);
            assertThat(session.pid()).isEqualTo(-1);
            assertThat(session.health()).isInstanceOf(Health.Unhealthy.class);
            return time;
        }
    }

    @Test
    void killedWhileBashRuns() throws Exception {
        assertThat(Eventually.atBest(AT_ONCE, this::fromKillWhileBashRunsToTheError))
                .isLessThan(AT_ONCE);
    }

    private Duration fromKillWhileBashRunsToTheError() throws Exception {
        api.reply(bash("echo x > started; sleep 60"));
        try (ClaudeSession session =
                ClaudeSession.open(builder().allowedTools("Bash").build())) {
            long pid = session.pid();
            CompletableFuture<ProcessExitedException> reader = dying(() -> session.query("run"));
            Eventually.within(
                    SOON,
                    () -> Processes.describe(api),
                    () -> Processes.describe(api).contains("sleep 60"));
            return fromKillToError(pid, reader);
        }
    }

    @Test
    void killedWhenIdle() {
        try (ClaudeSession session = open()) {
            long pid = session.pid();
            kill(pid);
            Eventually.within(SOON, session::toString, () -> session.health() instanceof Health.Unhealthy);
            assertKilled(catchThrowableOfType(ProcessExitedException.class, () -> session.query("later")), pid);
        }
    }

    private static Duration fromKillToError(long pid, CompletableFuture<ProcessExitedException> caller)
            throws Exception {
        long start = System.nanoTime();
        kill(pid);
        assertKilled(caller.get(SOON.toSeconds(), TimeUnit.SECONDS), pid);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    private static void assertKilled(ProcessExitedException failure, long pid) {
        assertThat(failure).isNotNull();
        assertThat(failure.exitCode()).isEqualTo(137);
        assertThat(failure.pid()).isEqualTo(pid);
    }

    private static CompletableFuture<ProcessExitedException> dying(Runnable call) {
        return async(() -> catchThrowableOfType(ProcessExitedException.class, call::run));
    }
}
