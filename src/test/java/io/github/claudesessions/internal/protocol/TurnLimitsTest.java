package io.github.claudesessions.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.StallException;
import io.github.claudesessions.error.StallSnapshot.Kind;
import io.github.claudesessions.error.StallSnapshot.RunningTool;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What ends a turn or a session that takes too long, by a clock that the test turns. */
@Timeout(30)
class TurnLimitsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration TOOL_LIMIT = Duration.ofSeconds(100);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Cores cores = new Cores();
    private final CountDownLatch never = new CountDownLatch(1);

    private static StallException stallOf(TurnSource turn) {
        return catchThrowableOfType(StallException.class, () -> Cores.read(turn));
    }

    private static Message readUntil(TurnSource turn, Predicate<Message> last) {
        Message[] seen = new Message[1];
        do {
            assertThat(turn.next(message -> seen[0] = message)).isTrue();
        } while (!last.test(seen[0]));
        return seen[0];
    }

    /** Reads up to a text, so that the pump has seen all before it. */
    private static void readText(TurnSource turn, String text) {
        readUntil(
                turn,
                message -> message instanceof AssistantMessage answer
                        && answer.text().equals(text));
    }

    private void usable(SessionCore core) {
        cores.fake.answer("still here");
        assertThat(Cores.read(Cores.begin(core, "and now?")).getLast()).isInstanceOf(ResultMessage.class);
    }

    // ---- the first byte

    @Test
    void retriesAreNoAnswer() throws Exception {
        cores.firstByteTimeout = LIMIT;
        CountDownLatch again = new CountDownLatch(1);
        Map<String, Object> retry = Map.of(
                "type", "system", "subtype", "api_retry", "attempt", 1, "max_retries", 10, "error", "overloaded");
        cores.fake.turn(turn -> turn.send(retry).await(again).send(retry).await(never));
        SessionCore core = cores.open();
        TurnSource turn = Cores.begin(core, "go");
        readUntil(turn, message -> message.raw().toString().contains("api_retry"));
        cores.timer.await(LIMIT, 1);
        cores.timer.advance(LIMIT.minus(SECOND));
        again.countDown();
        readUntil(turn, message -> message.raw().toString().contains("api_retry"));
        cores.timer.advance(SECOND);
        StallException stall = stallOf(turn);
        assertThat(stall)
                .isInstanceOf(TimeLimitException.class)
                .hasMessage("the model did not begin to answer within PT30S (firstByteTimeout);"
                        + " the turn was interrupted");
        assertThat(stall.operation()).isEqualTo("firstByte");
        assertThat(stall.limit()).isEqualTo(LIMIT);
        assertThat(stall.snapshot().kind()).isEqualTo(Kind.FIRST_BYTE);
        assertThat(stall.snapshot().silence()).isEqualTo(SECOND);
        assertThat(stall.snapshot().lastMessage()).satisfies(last -> {
            assertThat(last.type()).isEqualTo("system");
            assertThat(last.subtype()).isEqualTo("api_retry");
            assertThat(last.age()).isEqualTo(SECOND);
        });
        usable(core);
        core.close();
    }

    @Test
    void anAnswerThatHasBegunMayTakeItsTime() throws Exception {
        cores.firstByteTimeout = LIMIT;
        CountDownLatch more = new CountDownLatch(1);
        cores.fake.turn(turn -> turn.text("first").await(more));
        SessionCore core = cores.open();
        TurnSource turn = Cores.begin(core, "go");
        readText(turn, "first");
        cores.timer.advance(LIMIT.multipliedBy(5));
        more.countDown();
        assertThat(Cores.read(turn).getLast()).isInstanceOf(ResultMessage.class);
        core.close();
    }

    @Test
    void whatASubagentSaysIsNoAnswer() throws Exception {
        cores.firstByteTimeout = LIMIT;
        cores.fake.turn(turn -> turn.subagentText("toolu_older", "busy").await(never));
        SessionCore core = cores.open();
        TurnSource turn = Cores.begin(core, "go");
        readText(turn, "busy");
        cores.timer.advance(LIMIT);
        assertThat(stallOf(turn).snapshot().kind()).isEqualTo(Kind.FIRST_BYTE);
        core.close();
    }

    // ---- silence

    @Test
    void aToolThatRunsIsNoSilenceButTheSilenceAfterItIs() throws Exception {
        cores.messageTimeout = LIMIT;
        CountDownLatch done = new CountDownLatch(1);
        cores.fake.turn(turn -> {
            String id = turn.toolUse("Bash", Map.of("command", "sleep 600"));
            turn.subagentText(id, "started").await(done);
            turn.toolResult(id, "").text("done").await(never);
        });
        SessionCore core = cores.open();
        TurnSource turn = Cores.begin(core, "go");
        readText(turn, "started");
        cores.timer.advance(LIMIT.multipliedBy(20));
        done.countDown();
        readText(turn, "done");
        cores.timer.advance(LIMIT.minus(SECOND));
        assertThat(core.facts().tools().all(0)).isEmpty();
        assertThat(cores.timer.waiting(Cores.INTERRUPT)).isZero();
        cores.timer.advance(SECOND);
        StallException stall = stallOf(turn);
        assertThat(stall).hasMessageStartingWith("no message of the turn came for PT30S (messageTimeout)");
        assertThat(stall.snapshot().silence()).isEqualTo(LIMIT);
        core.close();
    }

    @Test
    void aToolHasALimitOfItsOwn() throws Exception {
        cores.messageTimeout = LIMIT;
        cores.toolSilenceTimeout = TOOL_LIMIT;
        String[] id = new String[1];
        cores.fake.turn(turn -> {
            id[0] = turn.toolUse("Bash", Map.of("command", "secret-command"));
            turn.stderr("about to hang\n").subagentText(id[0], "started").await(never);
        });
        SessionCore core = cores.open();
        TurnSource turn = Cores.begin(core, "go");
        readText(turn, "started");
        cores.timer.advance(TOOL_LIMIT.minus(SECOND));
        assertThat(core.end()).isNull();
        cores.timer.advance(SECOND);
        StallException stall = stallOf(turn);
        assertThat(stall)
                .hasMessage("no message of the turn came for PT1M40S while a tool ran (toolSilenceTimeout);"
                        + " the turn was interrupted");
        assertThat(stall.snapshot().runningTools()).containsExactly(new RunningTool(id[0], "Bash", null, TOOL_LIMIT));
        assertThat(stall.snapshot().silence()).isEqualTo(TOOL_LIMIT);
        assertThat(stall.snapshot().sessionId()).isEqualTo(cores.sessionId);
        assertThat(stall.snapshot().stderrTail()).contains("about to hang");
        assertThat(stall.snapshot().process().alive()).isTrue();
        assertThat(stall.snapshot().toString()).contains("Bash").doesNotContain("about to hang", "secret-command");
        usable(core);
        core.close();
    }

    @Test
    void aCallbackIsNoSilenceAndAfterItTheLimitStartsAnew() throws Exception {
        cores.messageTimeout = LIMIT;
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        cores.fake.turn(turn -> {
            turn.ask("think", Map.of());
            answered.countDown();
            turn.await(never);
        });
        SessionCore core = cores.open();
        core.router().handle("think", (request, call) -> {
            asked.countDown();
            answer.await();
            return Json.object();
        });
        TurnSource turn = Cores.begin(core, "go");
        asked.await();
        cores.timer.await(LIMIT, 1);
        cores.timer.advance(LIMIT.minus(SECOND));
        answer.countDown();
        answered.await();
        cores.timer.advance(LIMIT.minus(SECOND));
        assertThat(cores.timer.waiting(LIMIT.minus(SECOND)))
                .as("it was looked at, and goes on")
                .isEqualTo(1);
        cores.timer.advance(SECOND);
        assertThat(stallOf(turn).snapshot().kind()).isEqualTo(Kind.SILENCE);
        core.close();
    }

    @Test
    void nothingWaitsForWhatRunsBeside() throws Exception {
        cores.messageTimeout = LIMIT;
        CountDownLatch observing = new CountDownLatch(1);
        cores.fake.turn(turn -> turn.text("busy").await(never));
        SessionCore core = cores.open();
        core.router().beside(() -> {
            observing.countDown();
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        observing.await();
        assertThat(core.quiet()).isTrue();
        TurnSource turn = Cores.begin(core, "go");
        readText(turn, "busy");
        cores.timer.advance(LIMIT);
        assertThat(stallOf(turn).snapshot().kind()).isEqualTo(Kind.SILENCE);
        core.close();
    }

    // ---- what follows

    @Test
    void aStalledTurnThatIgnoresItsInterruptCostsTheProcess() throws Exception {
        cores.turnTimeout = LIMIT;
        cores.fake.onControl("interrupt", request -> Map.of());
        cores.fake.turn(turn -> turn.text("busy").await(never));
        SessionCore core = cores.open();
        TurnSource turn = Cores.begin(core, "go");
        cores.timer.await(LIMIT, 1);
        cores.timer.advance(LIMIT);
        assertThat(stallOf(turn)).hasMessage("the turn took longer than PT30S (turnTimeout); the turn was interrupted");
        cores.timer.await(Cores.INTERRUPT, 1);
        cores.timer.advance(Cores.INTERRUPT);
        StallException later = catchThrowableOfType(StallException.class, () -> Cores.begin(core, "and now?"));
        assertThat(later)
                .hasMessage("the turn took longer than PT30S (turnTimeout); the turn was interrupted, and did not end"
                        + " within PT15S; the process was killed");
        assertThat(later.snapshot().kind()).isEqualTo(Kind.TURN);
        core.released().get(10, TimeUnit.SECONDS);
        assertThat(cores.fake.running()).isZero();
    }

    @Test
    void anInterruptOfTheApplicationIsNamedAsWhatItIs() throws Exception {
        Cores.Begun begun = cores.ignoredInterrupt(never);
        assertThat(stallOf(begun.turn()))
                .hasMessage("the CLI did not end an interrupted turn within PT15S (interruptTimeout);"
                        + " the process was killed");
        begun.core().released().get(10, TimeUnit.SECONDS);
    }

    // ---- the session

    @Test
    void sessionHasItsAge() throws Exception {
        cores.sessionTimeout = LIMIT;
        cores.fake.turn(turn -> turn.text("busy").await(never));
        SessionCore core = cores.open();
        TurnSource turn = Cores.begin(core, "go");
        readText(turn, "busy");
        cores.timer.advance(LIMIT);
        StallException stall = stallOf(turn);
        assertThat(stall).hasMessage("the session is older than PT30S (sessionTimeout); it was closed");
        assertThat(stall.snapshot().kind()).isEqualTo(Kind.SESSION);
        assertThat(catchThrowableOfType(StallException.class, () -> Cores.begin(core, "late")))
                .hasMessage(stall.getMessage());
        core.released().get(10, TimeUnit.SECONDS);
        assertThat(cores.fake.received())
                .anyMatch(line -> line.toString().contains("interrupt"), "was closed in an orderly way");
    }

    @Test
    void sessionThatIsClosedLeavesNoAlarmOfItsAge() {
        cores.sessionTimeout = LIMIT;
        SessionCore core = cores.open();
        usable(core);
        assertThat(cores.timer.waiting(LIMIT)).isEqualTo(1);
        core.close();
        assertThat(catchThrowableOfType(SessionClosedException.class, () -> Cores.begin(core, "late")))
                .isNotNull();
        assertThat(cores.timer.waiting(LIMIT)).isZero();
    }
}
