package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.SessionStartException;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.ResultMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limits of a session, by a clock that the test turns. */
@Timeout(30)
class SessionCoreTest {
    private final Cores cores = new Cores();
    private final CountDownLatch never = new CountDownLatch(1);

    private static <T> CompletableFuture<T> async(Supplier<T> call) {
        return CompletableFuture.supplyAsync(call, Thread::startVirtualThread);
    }

    private static void assertTimesOut(ThrowingCallable call, String operation, Duration limit) {
        assertThatThrownBy(call).satisfies(e -> {
            Throwable known = e instanceof TimeLimitException ? e : e.getCause();
            assertThat(known).asInstanceOf(type(TimeLimitException.class)).satisfies(timeout -> {
                assertThat(timeout.operation()).isEqualTo(operation);
                assertThat(timeout.limit()).isEqualTo(limit);
            });
        });
    }

    private static void awaitHeld(SessionCore core) {
        while (!core.heldByReader()) {
            Thread.onSpinWait();
        }
    }

    private void usable(SessionCore core) {
        cores.fake.answer("still here");
        assertThat(Cores.read(Cores.begin(core, "and now?")).getLast())
                .asInstanceOf(type(ResultMessage.class))
                .satisfies(result -> assertThat(result.text()).isEqualTo("still here"));
    }

    @Test
    void startHasItsLimit() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        cores.fake.onControl("initialize", request -> {
            asked.countDown();
            return null;
        });
        CompletableFuture<SessionCore> opening = async(cores::open);
        asked.await();
        cores.timer.await(Cores.CONTROL, 0); // the request is written, which has a limit too
        cores.timer.advance(Cores.INITIALIZE);
        assertTimesOut(opening::join, "initialize", Cores.INITIALIZE);
    }

    @Test
    void unconfirmedSettingFailsTheStart() {
        cores.confirmations = List.of("settings_applied");
        cores.fake.onControl("initialize", request -> Map.of("settings_applied", false));
        assertThatThrownBy(cores::open)
                .isInstanceOf(SessionStartException.class)
                .hasMessageContaining("settings_applied");
    }

    @Test
    void controlRequestHasItsLimitAndALateAnswerHarmsNothing() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        cores.fake.onControl("slow", request -> {
            asked.countDown();
            return null;
        });
        SessionCore core = cores.open();
        CompletableFuture<?> answer = async(() -> core.control("slow", Json.object()));
        asked.await();
        cores.timer.await(Cores.CONTROL, 1); // that of the answer, not that of the writing
        cores.timer.advance(Cores.CONTROL);
        assertTimesOut(answer::join, "slow", Cores.CONTROL);
        cores.fake.turn(turn -> turn.write("{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\","
                        + "\"request_id\":\"req_2\",\"response\":{}}}\n")
                .text("ok"));
        assertThat(Cores.read(Cores.begin(core, "go"))).isNotEmpty();
        core.close();
    }

    @Test
    void turnHasItsLimitAndTheSessionGoesOn() throws Exception {
        Duration limit = Duration.ofMinutes(3);
        cores.turnTimeout = limit;
        cores.fake.turn(turn -> turn.text("busy").await(never));
        SessionCore core = cores.open();
        TurnSource turn = Cores.begin(core, "go");
        assertThat(turn.next(message -> {})).isTrue(); // a prompt that still waits would be taken back
        cores.timer.await(limit, 1);
        cores.timer.advance(limit);
        assertTimesOut(() -> Cores.read(turn), "turn", limit);
        turn.close();
        usable(core);
        core.close();
        assertThat(cores.timer.waiting(limit)).isZero();
    }

    @Test
    void silenceHasItsLimitAndAMessageStartsItAnew() throws Exception {
        Duration limit = Duration.ofSeconds(30);
        cores.messageTimeout = limit;
        CountDownLatch more = new CountDownLatch(1);
        cores.fake.turn(turn -> turn.await(more).text("more").await(never));
        SessionCore core = cores.open();
        TurnSource turn = Cores.begin(core, "go");
        assertThat(turn.next(message -> {})).isTrue();
        assertThat(turn.next(message -> {})).isTrue();
        cores.timer.await(limit, 1);
        cores.timer.advance(limit.dividedBy(2));
        more.countDown();
        assertThat(turn.next(message -> {})).isTrue();
        cores.timer.advance(limit.dividedBy(2));
        cores.timer.await(limit.dividedBy(2), 1);
        cores.timer.advance(limit.dividedBy(2));
        assertTimesOut(() -> Cores.read(turn), "message", limit);
        usable(core);
        core.close();
    }

    @Test
    void slowReaderIsNotSilence() throws Exception {
        Duration limit = Duration.ofSeconds(30);
        cores.messageTimeout = limit;
        cores.maxBufferedBytes = 1;
        CountDownLatch advanced = new CountDownLatch(1);
        cores.fake.turn(turn -> turn.text("a").await(advanced));
        SessionCore core = cores.open();
        TurnSource turn = Cores.begin(core, "go");
        cores.timer.await(limit, 1);
        awaitHeld(core);
        cores.timer.advance(limit.multipliedBy(10));
        advanced.countDown();
        assertThat(Cores.read(turn).getLast()).isInstanceOf(ResultMessage.class);
        core.close();
    }

    @Test
    void cliThatIgnoresAnInterruptIsGivenUp() throws Exception {
        Cores.Begun begun = cores.ignoredInterrupt(never);
        assertTimesOut(() -> Cores.read(begun.turn()), "interrupt", Cores.INTERRUPT);
        begun.core().released().join();
        assertThat(cores.fake.running()).isZero();
    }

    @Test
    void slowReaderOfAnInterruptedTurnDoesNotCostTheSession() throws Exception {
        cores.maxBufferedBytes = 1;
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        cores.fake.turn(turn -> {
            try {
                turn.text("busy");
                busy.countDown();
                turn.await(never);
            } catch (InterruptedException e) {
                for (int i = 0; i < 20; i++) {
                    turn.text("much that nobody has read yet " + i);
                }
                interrupted.countDown();
                throw e;
            }
        });
        SessionCore core = cores.open();
        TurnSource turn = Cores.begin(core, "go");
        busy.await();
        core.interrupt(true);
        interrupted.await();
        awaitHeld(core);
        cores.timer.advance(Cores.INTERRUPT);
        cores.timer.advance(Cores.INTERRUPT);
        assertThat(Cores.read(turn).getLast()).isInstanceOf(ResultMessage.class);
        usable(core);
        core.close();
        assertThat(cores.timer.waiting(Cores.INTERRUPT)).isZero();
    }

    @Test
    void nextTurnWaitsForTheAnswerToTheInterruptOfTheTurnBefore() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        cores.fake.onControl("interrupt", request -> {
            asked.countDown();
            end.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Map.of();
        });
        cores.fake.turn(turn -> turn.await(end)).answer("two");
        SessionCore core = cores.open();
        TurnSource first = Cores.begin(core, "one");
        CompletableFuture<?> receipt = async(() -> core.interrupt(true));
        asked.await();
        assertThat(Cores.read(first)).isNotEmpty();
        CompletableFuture<TurnSource> second = async(() -> Cores.begin(core, "two"));
        assertThat(cores.fake.prompts()).containsExactly("one");
        answer.countDown();
        receipt.join();
        assertThat(Cores.read(second.join()).getLast()).isInstanceOf(ResultMessage.class);
        core.close();
    }

    @Test
    void interruptWithoutATurnLeavesTheNextAlone() {
        SessionCore core = cores.open();
        core.interrupt(true);
        usable(core);
        assertThat(cores.timer.waiting(Cores.INTERRUPT)).isZero();
        core.close();
    }

    @Test
    void endLeavesNoAlarmBehind() {
        cores.turnTimeout = Duration.ofMinutes(3);
        cores.messageTimeout = Duration.ofMinutes(2);
        cores.fake.turn(turn -> turn.exit(3));
        SessionCore core = cores.open();
        TurnSource turn = Cores.begin(core, "go");
        assertThatThrownBy(() -> Cores.read(turn)).isInstanceOf(ProcessExitedException.class);
        core.released().join();
        assertThat(cores.timer.waiting(Duration.ofMinutes(3))).isZero();
        assertThat(cores.timer.waiting(Duration.ofMinutes(2))).isZero();
        assertThat(cores.timer.waiting(Cores.CONTROL)).isZero();
        assertThat(cores.timer.waiting(Cores.INITIALIZE)).isZero();
    }

    @Test
    void stuckCliIsTerminatedThenKilled() throws Exception {
        cores.fake.ignoreTerminate();
        SessionCore core = cores.open();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(core::close, Thread::startVirtualThread);
        cores.timer.await(Connection.EOF_GRACE, 1);
        cores.timer.advance(Connection.EOF_GRACE);
        cores.timer.await(Connection.TERMINATE_GRACE, 1);
        assertThat(cores.fake.running()).isEqualTo(1);
        cores.timer.advance(Connection.TERMINATE_GRACE);
        closing.get();
        assertThat(cores.fake.running()).isZero();
    }

    @Test
    void promptIsNotSentOnceTheSessionIsClosed() {
        SessionCore core = cores.open();
        core.close();
        assertThatThrownBy(() -> Cores.begin(core, "late")).isInstanceOf(SessionClosedException.class);
        assertThatThrownBy(() -> core.control("any", Json.object())).isInstanceOf(SessionClosedException.class);
        assertThat(cores.fake.prompts()).isEmpty();
    }

    /** Has the CLI ask after a text whose reader has not read it; returns what is down when it has asked. */
    private CountDownLatch questionAfterText(CountDownLatch arrived) {
        CountDownLatch asked = new CountDownLatch(1);
        cores.fake.turn(turn -> {
            turn.text("x".repeat(10_000)).await(arrived);
            turn.send(
                    Map.of("type", "control_request", "request_id", "ask-1", "request", Map.of("subtype", "made_up")));
            asked.countDown();
        });
        return asked;
    }

    /** Begins a turn in which the CLI asks behind more that is unread than there may be. */
    private Cores.Begun askedBehindTooMuch() throws InterruptedException {
        cores.maxBufferedBytes = 5_000;
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch asked = questionAfterText(arrived);
        SessionCore core = cores.open();
        TurnSource turn = Cores.begin(core, "go");
        awaitHeld(core);
        arrived.countDown();
        asked.await();
        return new Cores.Begun(core, turn);
    }

    private boolean answered() {
        return cores.fake.received().stream()
                .anyMatch(line -> "control_response".equals(line.get("type"))
                        && line.toString().contains("ask-1"));
    }

    private void awaitAnswered() {
        while (!answered()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void questionsAreAnsweredWhileWhatIsUnreadIsBelowTheLimit() throws Exception {
        cores.maxBufferedBytes = 20_000;
        CountDownLatch asked = questionAfterText(new CountDownLatch(0));
        SessionCore core = cores.open();
        TurnSource turn = Cores.begin(core, "go");
        asked.await();
        awaitAnswered();
        assertThat(Cores.read(turn).getLast()).isInstanceOf(ResultMessage.class);
        core.close();
    }

    @Test
    void questionsBehindTooMuchThatIsUnreadWaitForTheReader() throws Exception {
        Cores.Begun begun = askedBehindTooMuch();
        assertThat(begun.core().heldByReader()).isTrue();
        assertThat(answered()).isFalse();
        assertThat(Cores.read(begun.turn()).getLast()).isInstanceOf(ResultMessage.class);
        awaitAnswered();
        begun.core().close();
    }

    @Test
    void ownRequestsAreAnsweredBehindTooMuchThatIsUnread() throws Exception {
        cores.fake.onControl("made_up", request -> Map.of("an", "answer"));
        Cores.Begun begun = askedBehindTooMuch();
        assertThat(begun.core().control("made_up", Json.object()).path("an").asText())
                .isEqualTo("answer");
        awaitAnswered(); // it came through the same pipe
        assertThat(Cores.read(begun.turn()).getLast()).isInstanceOf(ResultMessage.class);
        begun.core().close();
    }
}
