package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.error.TurnFailedException.Reason;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.StreamEvent;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns that are cut short. After each the session answers the next prompt. */
@Timeout(60)
class InterruptTest extends OnRealCli {
    /** Of a turn or of silence: a turn that goes well takes a twentieth of it. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void interruptEndsTheTurn() {
        api.reply(Reply.text("a", "b").pauseAfter(1, never), Reply.text("next"));
        try (ClaudeSession session = open()) {
            TurnFailedException cut = catchThrowableOfType(
                    TurnFailedException.class,
                    () -> session.streamText("letters").forEach(letter -> session.interrupt()));
            assertThat(cut.reason()).isEqualTo(Reason.INTERRUPTED);
            assertNextWorks(session);
        }
    }

    @Test
    void interruptFromAnotherThreadAndWithoutATurn() throws Exception {
        api.reply(Reply.hang(), Reply.text("next"));
        try (ClaudeSession session = open()) {
            session.interrupt();
            CompletableFuture<Throwable> outcome =
                    async(() -> catchThrowableOfType(TurnFailedException.class, () -> session.query("silence")));
            api.awaitRequests(1, SOON);
            session.interrupt();
            assertThat(outcome.get(SOON.toSeconds(), TimeUnit.SECONDS)).hasMessageContaining("interrupted");
            assertNextWorks(session);
        }
    }

    @Test
    @Tag("unix")
    void interruptWhileBashRuns() throws Exception {
        api.reply(bash("echo x; sleep 62"), Reply.text("next"));
        try (ClaudeSession session =
                ClaudeSession.open(builder().allowedTools("Bash").build())) {
            CompletableFuture<TurnFailedException> outcome =
                    async(() -> catchThrowableOfType(TurnFailedException.class, () -> session.query("run")));
            Eventually.within(
                    SOON,
                    () -> Processes.describe(api),
                    () -> Processes.describe(api).contains("sleep 62"));
            session.interrupt();
            assertThat(outcome.get(SOON.toSeconds(), TimeUnit.SECONDS).reason()).isEqualTo(Reason.INTERRUPTED);
            Eventually.within(
                    SOON,
                    () -> Processes.describe(api),
                    () -> !Processes.describe(api).contains("sleep 62"));
            assertNextWorks(session);
        }
    }

    @Test
    void aTurnThatIsGivenUpDoesNotHurtThoseWhoWaitForTheirs() throws Exception {
        api.replyWith(this::silentUntilNext);
        try (ClaudeSession session = open();
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 20; round++) {
                Future<?> other;
                try (Stream<String> text = session.streamText("letters")) {
                    Iterator<String> letters = text.iterator();
                    assertThat(letters.next()).isEqualTo("a");
                    other = others.submit(() -> assertNextWorks(session));
                }
                other.get(SOON.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void interruptOfTheCallingThreadInterruptsItsTurn() throws Exception {
        api.reply(Reply.hang(), Reply.text("next"));
        try (ClaudeSession session = open()) {
            AtomicBoolean flag = new AtomicBoolean();
            CompletableFuture<SessionInterruptedException> outcome = new CompletableFuture<>();
            Thread caller = Thread.startVirtualThread(() -> {
                outcome.complete(
                        catchThrowableOfType(SessionInterruptedException.class, () -> session.query("silence")));
                flag.set(Thread.currentThread().isInterrupted());
            });
            api.awaitRequests(1, SOON);
            caller.interrupt();
            assertThat(outcome.get(SOON.toSeconds(), TimeUnit.SECONDS)).isNotNull();
            caller.join();
            assertThat(flag).isTrue();
            assertNextWorks(session);
        }
    }

    @Test
    void aStreamThatIsClosedEarly() {
        api.reply(Reply.text("a", "b").pauseAfter(1, never), Reply.text("next"));
        try (ClaudeSession session = open()) {
            try (Stream<String> text = session.streamText("letters")) {
                assertThat(text.findFirst()).contains("a");
            }
            assertNextWorks(session);
        }
    }

    @Test
    void aStreamThatIsDroppedByItsThread() {
        api.reply(Reply.text("a", "b").pauseAfter(1, never), Reply.text("next"));
        try (ClaudeSession session = open()) {
            Iterator<String> dropped = session.streamText("letters").iterator();
            assertThat(dropped.next()).isEqualTo("a");
            assertNextWorks(session);
            assertThatExceptionOfType(IllegalStateException.class).isThrownBy(dropped::hasNext);
        }
    }

    @Test
    void aStreamThatIsClosedByAnotherThread() throws Exception {
        api.reply(Reply.text("a", "b").pauseAfter(1, never), Reply.text("next"));
        try (ClaudeSession session = open()) {
            CountDownLatch first = new CountDownLatch(1);
            Stream<String> text = session.streamText("letters");
            CompletableFuture<Void> reader =
                    CompletableFuture.runAsync(() -> text.forEach(a -> first.countDown()), Thread::startVirtualThread);
            await(first);
            text.close();
            assertThat(reader.handle((nothing, failure) -> failure).get(SOON.toSeconds(), TimeUnit.SECONDS))
                    .hasCauseInstanceOf(IllegalStateException.class);
            assertNextWorks(session);
        }
    }

    @Test
    void aReaderThatThrows() {
        // the turn may be cut before the model is asked
        api.replyWith(request -> Reply.text(asks(request, "next") ? "next" : "never"));
        try (ClaudeSession session = open()) {
            assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> {
                try (Stream<Message> messages = session.stream("letters")) {
                    messages.forEach(message -> {
                        throw new ArithmeticException();
                    });
                }
            });
            assertNextWorks(session);
        }
    }

    @Test
    void aTurnThatTakesTooLong() {
        ClaudeOptions options = builder().turnTimeout(LIMIT).build();
        api.replyWith(this::silentUntilNext);
        try (ClaudeSession session = ClaudeSession.open(options)) {
            TimeLimitException late = catchThrowableOfType(TimeLimitException.class, () -> session.query("letters"));
            assertThat(late.operation()).isEqualTo("turn");
            assertThat(late.limit()).isEqualTo(LIMIT);
            assertNextWorks(session);
        }
    }

    @Test
    void aSilentApi() {
        ClaudeOptions options =
                builder().messageTimeout(LIMIT).includePartialMessages(true).build();
        api.replyWith(this::silentUntilNext);
        try (ClaudeSession session = ClaudeSession.open(options)) {
            CountDownLatch spoke = new CountDownLatch(1);
            TimeLimitException late = catchThrowableOfType(
                    TimeLimitException.class,
                    () -> session.stream("letters").forEach(message -> {
                        if (message instanceof StreamEvent) {
                            spoke.countDown();
                        }
                    }));
            assertThat(late.operation()).isEqualTo("message");
            assertThat(spoke.getCount()).isZero();
            assertNextWorks(session);
        }
    }

    /** By the prompt, not in order: a turn that is cut before the model is asked must not leave its reply to the next. */
    private Reply silentUntilNext(ApiRequest request) {
        return asks(request, "next") ? Reply.text("next") : Reply.text("a", "b").pauseAfter(1, never);
    }

    private static void assertNextWorks(ClaudeSession session) {
        assertThat(session.query("next").text()).isEqualTo("next");
    }
}
