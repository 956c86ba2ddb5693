package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.error.MissingResultException;
import io.github.claudesessions.error.OversizeLineException;
import io.github.claudesessions.error.ReentrantTurnException;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.message.ApiErrorKind;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.FakeClaude;
import io.github.claudesessions.testing.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SessionTurnsTest {
    private final FakeClaude fake = FakeClaude.create();
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void conversationHasOneProcess() {
        fake.answer("one").answer("two");
        try (ClaudeSession session = Fakes.open(fake)) {
            assertThat(session.query("first").text()).isEqualTo("one");
            assertThat(session.query("second").text()).isEqualTo("two");
        }
        assertThat(fake.prompts()).containsExactly("first", "second");
        assertThat(fake.launches()).hasSize(1);
        assertThat(fake.running()).isZero();
    }

    @Test
    void everyPromptHasAFreshUuid() {
        List<String> uuids = new ArrayList<>();
        fake.otherwise(turn -> uuids.add(turn.promptUuid()));
        try (ClaudeSession session = Fakes.open(fake)) {
            for (int i = 0; i < 5; i++) {
                session.query("again");
            }
        }
        assertThat(uuids).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void callersWaitForEachOtherInOrder() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        fake.turn(turn -> {
            begun.countDown();
            turn.await(go);
        });
        try (ClaudeSession session = Fakes.open(fake)) {
            List<Thread> callers = new ArrayList<>();
            callers.add(Thread.ofPlatform().start(() -> session.query("0")));
            begun.await();
            for (int i = 1; i < 6; i++) {
                String prompt = String.valueOf(i);
                Thread caller = Thread.ofPlatform().start(() -> session.query(prompt));
                Fakes.awaitWaiting(caller);
                callers.add(caller);
            }
            assertThat(fake.prompts()).containsExactly("0");
            go.countDown();
            for (Thread caller : callers) {
                caller.join();
            }
        }
        assertThat(fake.prompts()).containsExactly("0", "1", "2", "3", "4", "5");
    }

    @Test
    void errorResultIsThrownByQueryAndTheSessionGoesOn() {
        fake.turn(turn -> turn.apiError(529, "Overloaded")).answer("fine");
        try (ClaudeSession session = Fakes.open(fake)) {
            assertThatThrownBy(() -> session.query("go"))
                    .asInstanceOf(type(TurnFailedException.class))
                    .satisfies(e -> {
                        assertThat(e.reason()).isEqualTo(TurnFailedException.Reason.API_ERROR);
                        assertThat(e.apiErrorStatus()).hasValue(529);
                        assertThat(e.result().text()).isEqualTo("Overloaded");
                    });
            assertThat(session.query("again").text()).isEqualTo("fine");
        }
    }

    @Test
    void maxTurnsHasAReasonOfItsOwn() {
        fake.turn(turn -> turn.error("error_max_turns", "too many"));
        assertThatThrownBy(() -> Claude.query("go", Fakes.options(fake)))
                .asInstanceOf(type(TurnFailedException.class))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(TurnFailedException.Reason.MAX_TURNS));
    }

    @Test
    void retriesWithRefusedCredentialsEndTheTurnAtOnce() {
        fake.turn(turn -> turn.send(Sample.apiRetry(1, 401, ApiErrorKind.AUTHENTICATION_FAILED))
                        .await(never))
                .answer("fine");
        try (ClaudeSession session = Fakes.open(fake)) {
            assertThatThrownBy(() -> session.query("go"))
                    .asInstanceOf(type(TurnFailedException.class))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(TurnFailedException.Reason.AUTHENTICATION));
            assertThat(session.query("again").text()).isEqualTo("fine");
        }
    }

    @Test
    void idleWithoutAResultFailsTheTurnOnly() {
        fake.turn(turn -> {
                    turn.text("half");
                    turn.send(Map.of("type", "system", "subtype", "session_state_changed", "state", "idle"));
                    turn.await(never);
                })
                .answer("fine");
        try (ClaudeSession session = Fakes.open(fake)) {
            assertThatThrownBy(() -> session.query("go")).isInstanceOf(MissingResultException.class);
            session.interrupt(); // the script goes on
            assertThat(session.query("again").text()).isEqualTo("fine");
        }
    }

    @Test
    void resultThatIsTooLongFailsTheTurnAndNamesItsLength() {
        fake.turn(turn -> turn.result("x".repeat(100_000))).answer("fine");
        ClaudeOptions options =
                Fakes.options(fake).toBuilder().maxLineBytes(70_000).build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThatThrownBy(() -> session.query("go"))
                    .asInstanceOf(type(OversizeLineException.class))
                    .satisfies(e -> {
                        assertThat(e.bytes()).isGreaterThan(100_000);
                        assertThat(e.limit()).isEqualTo(70_000);
                    });
            assertThat(session.query("again").text()).isEqualTo("fine");
        }
    }

    @Test
    void resultOfABackgroundTaskEndsNoTurn() {
        fake.turn(turn -> {
            turn.send(Map.of(
                    "type",
                    "result",
                    "subtype",
                    "success",
                    "result",
                    "not yours",
                    "origin",
                    Map.of("kind", "task-notification")));
            turn.result("yours");
        });
        assertThat(Claude.query("go", Fakes.options(fake)).text()).isEqualTo("yours");
    }

    @Test
    void interruptEndsTheTurnAndHasAReceipt() {
        CountDownLatch begun = new CountDownLatch(1);
        fake.turn(turn -> {
                    begun.countDown();
                    turn.await(never);
                })
                .answer("fine");
        try (ClaudeSession session = Fakes.open(fake)) {
            CompletableFuture<ResultMessage> answer = Fakes.async(() -> session.query("go"));
            Fakes.await(begun);
            InterruptReceipt receipt = session.interrupt();
            assertThat(receipt.cancelled()).isEmpty();
            assertThat(receipt.stillQueued()).isEmpty();
            assertThatThrownBy(answer::join)
                    .cause()
                    .asInstanceOf(type(TurnFailedException.class))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(TurnFailedException.Reason.INTERRUPTED));
            assertThat(session.query("again").text()).isEqualTo("fine");
        }
    }

    @Test
    void interruptWithoutATurnIsHarmless() {
        fake.answer("fine");
        try (ClaudeSession session = Fakes.open(fake)) {
            session.interrupt();
            assertThat(session.query("go").text()).isEqualTo("fine");
        }
    }

    @Test
    void manyInterruptsNeverHitTheNextTurn() {
        fake.otherwise(turn -> turn.text(turn.prompt().equals("long") ? "cut" : "whole"));
        try (ClaudeSession session = Fakes.open(fake)) {
            for (int i = 0; i < 200; i++) {
                assertThat(session.stream("long").findFirst()).isPresent();
                assertThat(session.query("next").text()).isEqualTo("whole");
            }
        }
    }

    @Test
    void interruptedCallerInterruptsItsTurnAndKeepsItsFlag() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch cut = new CountDownLatch(1);
        fake.turn(turn -> {
                    begun.countDown();
                    try {
                        turn.await(never);
                    } finally {
                        cut.countDown();
                    }
                })
                .answer("fine");
        try (ClaudeSession session = Fakes.open(fake)) {
            CompletableFuture<Boolean> flag = new CompletableFuture<>();
            Thread caller = Thread.ofPlatform().start(() -> {
                try {
                    session.query("go");
                } catch (SessionInterruptedException e) {
                    flag.complete(Thread.currentThread().isInterrupted());
                }
            });
            begun.await();
            caller.interrupt();
            assertThat(flag.join()).isTrue();
            cut.await();
            assertThat(session.query("again").text()).isEqualTo("fine");
        }
    }

    @Test
    void callerThatIsInterruptedWhileItWaitsLeavesTheQueue() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        fake.turn(turn -> {
                    begun.countDown();
                    turn.await(go);
                })
                .answer("last");
        try (ClaudeSession session = Fakes.open(fake)) {
            CompletableFuture<ResultMessage> first = Fakes.async(() -> session.query("first"));
            begun.await();
            CompletableFuture<Throwable> failure = new CompletableFuture<>();
            Thread waiting = Thread.ofPlatform().start(() -> {
                try {
                    session.query("second");
                } catch (SessionInterruptedException e) {
                    failure.complete(e);
                }
            });
            Fakes.awaitWaiting(waiting);
            waiting.interrupt();
            assertThat(failure.join()).isInstanceOf(SessionInterruptedException.class);
            go.countDown();
            first.join();
            assertThat(session.query("third").text()).isEqualTo("last");
        }
        assertThat(fake.prompts()).containsExactly("first", "third");
    }

    @Test
    void listenerCannotStartATurnOfItsSessionButCanControlIt() {
        fake.answer("one");
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
        fake.onControl("get_something", request -> Map.of("some", "thing"));
        try (ClaudeSession session = Fakes.open(fake)) {
            session.onMessage(message -> {
                if (message instanceof ResultMessage) {
                    try {
                        session.query("from the listener");
                    } catch (ReentrantTurnException e) {
                        refused.complete(e);
                    }
                    answer.complete(session.control("get_something", Map.of()));
                }
            });
            session.query("go");
            assertThat(refused.join()).isInstanceOf(ReentrantTurnException.class);
            assertThat(answer.join()).containsEntry("some", "thing");
        }
    }

    @Test
    void readerCannotStartATurnOnItsOwnThread() {
        CountDownLatch tried = new CountDownLatch(1);
        fake.turn(turn -> turn.text("one").await(tried)).answer("two");
        try (ClaudeSession session = Fakes.open(fake)) {
            List<Class<?>> failures = new ArrayList<>();
            session.stream("go").limit(1).forEach(message -> {
                try {
                    session.query("nested");
                } catch (ReentrantTurnException e) {
                    failures.add(e.getClass());
                }
                tried.countDown();
            });
            assertThat(failures).isNotEmpty();
            assertThat(session.query("after").text()).isEqualTo("two");
        }
        assertThat(fake.prompts()).containsExactly("go", "after");
    }

    @Test
    void threadThatReadsForAnotherCannotStartATurnEither() {
        CountDownLatch tried = new CountDownLatch(1);
        fake.turn(turn -> turn.text("one").await(tried));
        try (ClaudeSession session = Fakes.open(fake)) {
            CompletableFuture<Class<?>> failure = new CompletableFuture<>();
            var spliterator = session.stream("go").spliterator();
            spliterator.tryAdvance(message -> {});
            Fakes.async(() -> spliterator.tryAdvance(message -> {
                        try {
                            session.query("nested");
                        } catch (ReentrantTurnException e) {
                            failure.complete(e.getClass());
                        }
                    }))
                    .join();
            assertThat(failure).isCompletedWithValue(ReentrantTurnException.class);
            tried.countDown();
            spliterator.forEachRemaining(message -> {});
        }
    }

    @Test
    void anotherThreadWaitsForTheReader() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        fake.turn(turn -> turn.text("one").await(go)).answer("two");
        try (ClaudeSession session = Fakes.open(fake);
                var first = session.stream("first")) {
            var messages = first.iterator();
            assertThat(messages.hasNext()).isTrue();
            CompletableFuture<ResultMessage> second = new CompletableFuture<>();
            Thread other = Thread.ofPlatform().start(() -> second.complete(session.query("second")));
            Fakes.awaitWaiting(other);
            assertThat(second).isNotDone();
            go.countDown();
            messages.forEachRemaining(message -> {});
            assertThat(second.join().text()).isEqualTo("two");
        }
    }

    @Test
    void setModelAndPermissionModeAreSent() {
        try (ClaudeSession session = Fakes.open(fake)) {
            session.setModel("haiku");
            session.setModel(null);
            session.setPermissionMode(PermissionMode.PLAN);
        }
        assertThat(fake.received())
                .extracting(line -> line.get("request"))
                .contains(
                        Map.of("subtype", "set_model", "model", "haiku"),
                        Map.of("subtype", "set_permission_mode", "mode", "plan"));
    }

    @Test
    void unknownControlRequestIsRefusedByTheCliWithItsWords() {
        try (ClaudeSession session = Fakes.open(fake)) {
            assertThatThrownBy(() -> session.control("made_up", Map.of("a", 1)))
                    .asInstanceOf(type(ControlException.class))
                    .satisfies(e -> {
                        assertThat(e.subtype()).isEqualTo("made_up");
                        assertThat(e.errorCode()).isEqualTo("unsupported_request");
                    });
        }
    }

    @Test
    void serverInfoIsTheAnswerToTheHandshake() {
        try (ClaudeSession session = Fakes.open(fake)) {
            assertThat(session.serverInfo().claudeCodeVersion()).isEqualTo("2.1.330");
            assertThat(session.sessionId()).isPresent();
            assertThat(session.pid()).isEqualTo(-1);
        }
    }
}
