package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Health;
import io.github.claudesessions.error.StallException;
import io.github.claudesessions.error.StallSnapshot;
import io.github.claudesessions.error.StallSnapshot.Kind;
import io.github.claudesessions.error.StallSnapshot.RunningTool;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns in which nothing happens any more, and those that only look like it. */
@Timeout(90)
@Tag("long")
class StallTest extends OnRealCli {
    private static final Logger log = LoggerFactory.getLogger(StallTest.class);

    @Test
    void anApiThatHangsHasNoFirstByte() {
        api.reply(Reply.hang(), Reply.text("next"));
        ClaudeOptions options =
                builder().firstByteTimeout(Duration.ofSeconds(6)).build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            StallException stall = stallOf(session, "silence");
            assertThat(stall.snapshot().kind()).isEqualTo(Kind.FIRST_BYTE);
            assertThat(stall.snapshot().lastMessage()).isNotNull();
            assertThat(stall.snapshot().process().pid()).isEqualTo(session.pid());
            assertThat(stall.snapshot().sessionId())
                    .isEqualTo(session.sessionId().orElseThrow());
            assertThat(session.query("next").text()).isEqualTo("next");
        }
    }

    /** Nobody asked for partial messages, but they are what shows that the answer is being written. */
    @Test
    void anAnswerThatIsLongInComingIsNoStall() {
        api.reply(
                Reply.text("a", "b", "c", "d", "e").delay(Duration.ofSeconds(1)).delayBetween(Duration.ofSeconds(2)));
        ClaudeOptions options = builder()
                .firstByteTimeout(Duration.ofSeconds(8))
                .messageTimeout(Duration.ofSeconds(8))
                .build();
        assertThat(Claude.query("letters", options).text()).isEqualTo("abcde");
    }

    @Test
    @Tag("unix")
    void aCommandThatTakesLongIsNoStall() {
        api.reply(bash("echo x; sleep 13"), Reply.text("done"));
        ClaudeOptions options = builder()
                .allowedTools("Bash")
                .messageTimeout(Duration.ofSeconds(8))
                .build();
        assertThat(Claude.query("run", options).text()).isEqualTo("done");
    }

    @Test
    @Tag("unix")
    void aCommandCanHaveALimitOfItsOwn() {
        api.reply(bash("echo x; sleep 61"), Reply.text("next"));
        ClaudeOptions options = builder()
                .allowedTools("Bash")
                .toolSilenceTimeout(Duration.ofSeconds(5))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            StallException stall = stallOf(session, "run");
            assertThat(stall.snapshot().kind()).isEqualTo(Kind.TOOL_SILENCE);
            assertThat(stall.snapshot().runningTools())
                    .singleElement()
                    .extracting(RunningTool::name)
                    .isEqualTo("Bash");
            assertThat(session.query("next").text()).isEqualTo("next");
        }
    }

    @Test
    @Tag("linux")
    void aCliThatWasStoppedIsKilled() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        api.reply(Reply.text("a", "b").pauseAfter(1, never));
        ClaudeOptions options = builder()
                .messageTimeout(Duration.ofSeconds(6))
                .interruptTimeout(Duration.ofSeconds(2))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            CountDownLatch spoke = new CountDownLatch(1);
            CompletableFuture<StallException> outcome = CompletableFuture.supplyAsync(
                    () -> catchThrowableOfType(
                            StallException.class,
                            () -> session.streamText("letters").forEach(letter -> spoke.countDown())),
                    Thread::startVirtualThread);
            await(spoke);
            long pid = session.pid();
            stop(pid);

            StallException stall = outcome.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(stall).hasMessageEndingWith("; the turn was interrupted");
            assertThat(stall.snapshot().kind()).isEqualTo(Kind.SILENCE);
            assertThat(stall.snapshot().silence()).isGreaterThanOrEqualTo(Duration.ofSeconds(6));
            StallSnapshot.ProcessState process = stall.snapshot().process();
            assertThat(process.pid()).isEqualTo(pid);
            assertThat(process.state()).isEqualTo("T");
            assertThat(process.residentBytes()).isGreaterThan(50L << 20);

            StallException later = stallOf(session, "and now?");
            assertThat(later).hasMessageEndingWith("; the process was killed");
            assertThat(later.snapshot().kind()).isEqualTo(Kind.SILENCE);
            assertThat(session.health()).isInstanceOf(Health.Unhealthy.class);
            Eventually.within(SOON, session::toString, () -> session.pid() == -1);
        }
    }

    @Test
    void aSessionHasItsAgeAndItsConversationGoesOn() {
        api.reply(Reply.text("noted"), Reply.hang(), Reply.text("next"));
        String id;
        try (ClaudeSession session = ClaudeSession.open(
                builder().sessionTimeout(Duration.ofSeconds(15)).build())) {
            assertThat(session.query("remember").text()).isEqualTo("noted");
            StallException stall = stallOf(session, "silence");
            assertThat(stall).hasMessage("the session is older than PT15S (sessionTimeout); it was closed");
            assertThat(stallOf(session, "late").snapshot().kind()).isEqualTo(Kind.SESSION);
            id = session.sessionId().orElseThrow();
        }
        try (ClaudeSession again = ClaudeSession.open(builder().resume(id).build())) {
            assertThat(again.query("go on").text()).isEqualTo("next");
        }
        assertThat(api.requests().getLast().body().toString()).contains("remember");
    }

    /** The README's. */
    @Test
    void limitsThatAnApplicationWants() {
        api.reply(Reply.text("done"));
        watched("go", builder().build());
        assertThat(api.requests()).hasSize(1);
    }

    private static void watched(String prompt, ClaudeOptions options) {
        ClaudeOptions limited = options.toBuilder()
                .firstByteTimeout(Duration.ofSeconds(60)) // until the model begins to answer: an API that hangs
                .messageTimeout(Duration.ofMinutes(2)) // silence while no tool runs
                .toolSilenceTimeout(Duration.ofMinutes(5)) // silence while one does: a CLI that has stopped
                .turnTimeout(Duration.ofMinutes(30))
                .sessionTimeout(Duration.ofHours(8))
                .build();
        try (ClaudeSession session = ClaudeSession.open(limited)) {
            log.info(session.query(prompt).text());
        } catch (StallException e) {
            log.warn("{}: {}", e.getMessage(), e.snapshot());
        }
    }

    private static void stop(long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static StallException stallOf(ClaudeSession session, String prompt) {
        return catchThrowableOfType(StallException.class, () -> session.query(prompt));
    }
}
