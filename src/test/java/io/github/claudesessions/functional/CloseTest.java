package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Health;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.testing.Reply;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Closing, whatever the CLI is at: quickly, and nothing is left. */
@Timeout(60)
@Tag("unix")
class CloseTest extends OnRealCli {
    private static final Duration WITHOUT_SIGTERM = Duration.ofSeconds(2);
    private static final Duration WITHOUT_SIGKILL = Duration.ofSeconds(5);

    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void whileItStreams() throws Exception {
        closesAtBest(Duration.ofSeconds(1), () -> {
            api.reply(Reply.text("a", "b").pauseAfter(1, never));
            ClaudeSession session = open();
            CountDownLatch first = new CountDownLatch(1);
            CompletableFuture<Throwable> reader =
                    failureOf(() -> session.streamText("letters").forEach(a -> first.countDown()));
            await(first);
            return new InTurn(session, reader);
        });
    }

    @Test
    void whileTheApiIsSilent() throws Exception {
        closesAtBest(Duration.ofSeconds(3), () -> {
            int before = api.requests().size();
            api.reply(Reply.hang());
            ClaudeSession session = open();
            CompletableFuture<Throwable> waiting = failureOf(() -> session.query("silence"));
            api.awaitRequests(before + 1, SOON);
            return new InTurn(session, waiting);
        });
    }

    @Test
    void whileBashRuns() throws Exception {
        closesAtBest(Duration.ofSeconds(3), () -> {
            Files.deleteIfExists(cwd.resolve("started"));
            api.reply(bash("echo x > started; sleep 60; echo y"));
            ClaudeSession session = withBash();
            CompletableFuture<Throwable> waiting = failureOf(() -> session.query("run"));
            awaitFile("started");
            Eventually.within(
                    SOON,
                    () -> Processes.describe(api),
                    () -> Processes.describe(api).contains("sleep 60"));
            return new InTurn(session, waiting);
        });
    }

    @Test
    void whileABackgroundShellRunsThatNeverEnds() {
        api.reply(backgroundBash("echo x > started; tail -f /dev/null"), Reply.text("it runs"));
        ClaudeSession session = withBash();
        assertThat(session.query("run").text()).isEqualTo("it runs");
        awaitFile("started");
        assertThat(Processes.describe(api)).contains("tail -f");
        closes(session, WITHOUT_SIGKILL);
    }

    @Test
    void whileAShellRunsThatHasLeftItsParents() {
        api.reply(bash("setsid nohup sh -c 'echo x > started; trap \"\" TERM; sleep 61' >/dev/null 2>&1 &"));
        ClaudeSession session = withBash();
        session.query("run");
        awaitFile("started");
        assertThat(Processes.describe(api)).contains("sleep 61");
        closes(session, WITHOUT_SIGKILL);
    }

    @Test
    void whenIdleAndAgain() {
        api.reply(Reply.text("hello"));
        ClaudeSession session = open();
        session.query("hello");
        closes(session, WITHOUT_SIGTERM);
        session.close();
        assertThat(session.pid()).isEqualTo(-1);
        assertThat(session.health()).isInstanceOf(Health.Unhealthy.class);
        assertThatExceptionOfType(SessionClosedException.class).isThrownBy(() -> session.query("more"));
        assertThatExceptionOfType(SessionClosedException.class).isThrownBy(session::interrupt);
    }

    @Test
    void byAnInterruptedThread() {
        api.reply(Reply.hang());
        ClaudeSession session = open();
        CompletableFuture<Throwable> waiting = failureOf(() -> session.query("silence"));
        api.awaitRequests(1, SOON);
        Thread.currentThread().interrupt();
        Duration time = Eventually.time(session::close);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(time).isLessThan(WITHOUT_SIGKILL);
        assertThat(Processes.of(api)).isEmpty();
        assertThat(waiting.join()).isInstanceOf(SessionClosedException.class);
    }

    @Test
    void thoseWhoWaitForTheirTurnFailToo() {
        api.reply(Reply.hang());
        ClaudeSession session = open();
        CompletableFuture<Throwable> first = failureOf(() -> session.query("silence"));
        api.awaitRequests(1, SOON);
        CompletableFuture<Throwable> second = failureOf(() -> session.query("queued"));
        session.close();
        assertThat(first.join()).isInstanceOf(SessionClosedException.class);
        assertThat(second.join()).isInstanceOf(SessionClosedException.class);
    }

    /** Each time, whoever waits is told, and nothing is left; within {@code limit} it is at best. */
    private void closesAtBest(Duration limit, Callable<InTurn> start) throws Exception {
        Duration best = Eventually.atBest(limit, () -> {
            InTurn busy = start.call();
            Duration time = closes(busy.session());
            assertThat(busy.waiting().get(SOON.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(SessionClosedException.class);
            return time;
        });
        assertThat(best).isLessThan(limit);
    }

    private void closes(ClaudeSession session, Duration limit) {
        assertThat(closes(session)).isLessThan(limit);
    }

    /** How long closing took; no process is left. */
    private Duration closes(ClaudeSession session) {
        Duration time = Eventually.time(session::close);
        assertThat(Processes.of(api)).describedAs("%s", Processes.describe(api)).isEmpty();
        return time;
    }

    private ClaudeSession withBash() {
        return ClaudeSession.open(builder().allowedTools("Bash").build());
    }

    private void awaitFile(String name) {
        Eventually.within(SOON, () -> name + " is not there", () -> Files.exists(cwd.resolve(name)));
    }

    private static CompletableFuture<Throwable> failureOf(Runnable call) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                call.run();
                failure.complete(new AssertionError("no failure"));
            } catch (RuntimeException e) {
                failure.complete(e);
            }
        });
        return failure;
    }

    /** A session in mid-turn, and what the caller of the turn is told in the end. */
    private record InTurn(ClaudeSession session, CompletableFuture<Throwable> waiting) {}
}
