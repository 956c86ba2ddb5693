package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Health;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.testing.Reply;
import java.nio.file.Files;
import java.time.Duration;
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
        api.reply(Reply.text("a", "b").pauseAfter(1, never));
        ClaudeSession session = open();
        CountDownLatch first = new CountDownLatch(1);
        CompletableFuture<Void> reader = CompletableFuture.runAsync(
                () -> session.streamText("letters").forEach(a -> first.countDown()), Thread::startVirtualThread);
        await(first);
        closes(session, WITHOUT_SIGTERM);
        assertThat(reader.handle((nothing, failure) -> failure).get(SOON.toSeconds(), TimeUnit.SECONDS))
                .hasCauseInstanceOf(SessionClosedException.class);
    }

    @Test
    void whileTheApiIsSilent() {
        api.reply(Reply.hang());
        ClaudeSession session = open();
        CompletableFuture<Throwable> waiting = failureOf(session, "silence");
        api.awaitRequests(1, SOON);
        closes(session, WITHOUT_SIGKILL);
        assertThat(waiting.join()).isInstanceOf(SessionClosedException.class);
    }

    @Test
    void whileBashRuns() {
        api.reply(bash("echo x > started; sleep 60; echo y"));
        ClaudeSession session = withBash();
        CompletableFuture<Throwable> waiting = failureOf(session, "run");
        awaitFile("started");
        assertThat(Processes.describe(api)).contains("sleep 60");
        closes(session, WITHOUT_SIGKILL);
        assertThat(waiting.join()).isInstanceOf(SessionClosedException.class);
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
        CompletableFuture<Throwable> waiting = failureOf(session, "silence");
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
        CompletableFuture<Throwable> first = failureOf(session, "silence");
        api.awaitRequests(1, SOON);
        CompletableFuture<Throwable> second = failureOf(session, "queued");
        session.close();
        assertThat(first.join()).isInstanceOf(SessionClosedException.class);
        assertThat(second.join()).isInstanceOf(SessionClosedException.class);
    }

    private void closes(ClaudeSession session, Duration limit) {
        assertThat(Eventually.time(session::close)).isLessThan(limit);
        assertThat(Processes.of(api)).describedAs("%s", Processes.describe(api)).isEmpty();
    }

    private ClaudeSession withBash() {
        return ClaudeSession.open(builder().allowedTools("Bash").build());
    }

    private void awaitFile(String name) {
        Eventually.within(SOON, () -> name + " is not there", () -> Files.exists(cwd.resolve(name)));
    }

    private static CompletableFuture<Throwable> failureOf(ClaudeSession session, String prompt) {
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                session.query(prompt);
                failure.complete(new AssertionError("no failure"));
            } catch (RuntimeException e) {
                failure.complete(e);
            }
        });
        return failure;
    }
}
