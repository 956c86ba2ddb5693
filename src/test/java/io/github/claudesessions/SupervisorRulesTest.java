package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.SessionGaveUpException;
import io.github.claudesessions.error.StallException;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.error.TurnCutException;
import io.github.claudesessions.internal.ManualTimer;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.spi.Launch;
import io.github.claudesessions.spi.Transport;
import io.github.claudesessions.testing.FakeClaude;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When processes are started, who gives way, who is charged, and what else ends a process than its death. */
@Timeout(60)
class SupervisorRulesTest {
    private final FakeClaude fake = FakeClaude.create();
    private final ClaudeOptions options = Fakes.options(fake);
    private final ManualTimer timer = new ManualTimer();
    private final BlockingQueue<SupervisorEvent> events = new LinkedBlockingQueue<>();

    @BeforeEach
    void script() {
        fake.otherwise(turn -> {
            if (turn.prompt().equals("die")) {
                turn.exit(1);
            } else {
                turn.result(turn.prompt());
            }
        });
    }

    private SessionSupervisor.Builder builder() {
        return SessionSupervisor.builder().backoff(Backoff.none()).onEvent(events::add);
    }

    /** Its process dies; the next one is there afterwards, if there is one. */
    private static void die(SessionSupervisor supervisor, String name) {
        assertThatThrownBy(() -> supervisor.query(name, "die")).isInstanceOf(TurnCutException.class);
    }

    private static void lives(SessionSupervisor supervisor, String name) {
        assertThat(supervisor.query(name, "there?").text()).isEqualTo("there?");
    }

    private static void gaveUp(SessionSupervisor supervisor, String name) {
        assertThatThrownBy(() -> supervisor.query(name, "there?")).isInstanceOf(SessionGaveUpException.class);
    }

    // ---- starts

    @Test
    void sessionsOfTheBuilderStartAtOnce() {
        try (SessionSupervisor supervisor =
                builder().session("a", options).session("b", options).open()) {
            assertThat(fake.running()).isEqualTo(2);
            assertThat(supervisor.processes()).isEqualTo(2);
        }
    }

    @Test
    void lazyOnesAndThoseOfUsersStartWhenTheyAreUsed() {
        try (SessionSupervisor supervisor =
                builder().lazy(true).session("a", options).open()) {
            supervisor.perUser("ann", options);
            assertThat(supervisor.count()).isEqualTo(2);
            assertThat(fake.launches()).isEmpty();
            lives(supervisor, "a");
            assertThat(fake.launches()).hasSize(1);
            lives(supervisor, "ann");
            assertThat(fake.launches()).hasSize(2);
            supervisor.start("b", options);
            assertThat(fake.launches()).hasSize(3);
        }
    }

    /** Each start waits for another one, and looks whether there is a third. */
    @Test
    void noMoreStartAtATimeThanAllowed() {
        AtomicInteger starting = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CyclicBarrier pair = new CyclicBarrier(2);
        ClaudeOptions slow = ClaudeOptions.builder()
                .transport(launch -> {
                    most.accumulateAndGet(starting.incrementAndGet(), Math::max);
                    try {
                        pair.await(20, TimeUnit.SECONDS);
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                    starting.decrementAndGet();
                    return fake.start(launch);
                })
                .build();
        try (SessionSupervisor supervisor = builder().maxStarting(2).open()) {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                String name = "user " + i;
                answers.add(Fakes.async(
                        () -> supervisor.perUser(name, slow).query(name).text()));
            }
            for (int i = 0; i < 6; i++) {
                assertThat(answers.get(i).join()).isEqualTo("user " + i);
            }
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void theLeastRecentlyUsedGivesWay() {
        try (SessionSupervisor supervisor =
                builder().maxLive(2).session("a", options).session("b", options).open()) {
            lives(supervisor, "b");
            lives(supervisor, "a");
            supervisor.perUser("c", options);
            lives(supervisor, "c");
            assertThat(supervisor.session("b").pid()).isEqualTo(-1);
            assertThat(supervisor.list())
                    .extracting(SessionStatus::state)
                    .containsExactly(
                            SessionStatus.State.RUNNING, SessionStatus.State.HIBERNATED, SessionStatus.State.RUNNING);
            lives(supervisor, "b");
            assertThat(supervisor.list().getFirst().state()).isEqualTo(SessionStatus.State.HIBERNATED);
        }
    }

    @Test
    void aCallerWaitsForARestartNoLongerThanItMay() throws InterruptedException {
        Duration wait = Duration.ofSeconds(5);
        try (SessionSupervisor supervisor = builder()
                .timer(timer)
                .waitTimeout(wait)
                .backoff(Backoff.fixed(Duration.ofMinutes(1)))
                .session("a", options)
                .open()) {
            die(supervisor, "a");
            timer.await(Duration.ofMinutes(1), 1);
            CompletableFuture<String> late =
                    Fakes.async(() -> supervisor.query("a", "there?").text());
            timer.await(wait, 1);
            timer.advance(wait);
            assertThatThrownBy(late::join)
                    .cause()
                    .isInstanceOf(TimeLimitException.class)
                    .hasMessageContaining("was not ready within PT5S: it is being restarted");
            timer.advance(Duration.ofMinutes(1));
            lives(supervisor, "a");
        }
    }

    @Test
    void aStreamThatIsReadLateIsWholeThoughTheProcessIsGivenUp() {
        fake.turn(turn -> turn.text("one").text("two").result("three"));
        try (SessionSupervisor supervisor = builder()
                        .idleTimeout(Duration.ofMillis(20))
                        .session("a", options)
                        .open();
                Stream<Message> turn = supervisor.stream("a", "go")) {
            Iterator<Message> messages = turn.iterator();
            messages.next();
            while (!(Fakes.take(events) instanceof SupervisorEvent.Hibernated)) {
                // what comes before
            }
            Message last = messages.next();
            while (messages.hasNext()) {
                last = messages.next();
            }
            assertThat(last)
                    .isInstanceOfSatisfying(
                            ResultMessage.class,
                            result -> assertThat(result.text()).isEqualTo("three"));
        }
    }

    // ---- charges

    @Test
    void threeRestartsInFiveSecondsUnlessTheBuilderSaysElse() throws InterruptedException {
        try (SessionSupervisor supervisor = builder()
                .timer(timer)
                .session("a", options)
                .session("b", options)
                .open()) {
            for (int i = 0; i < 2 * 3; i++) {
                timer.advance(i == 3 ? Duration.ofSeconds(5) : Duration.ZERO);
                die(supervisor, "a");
                timer.await(Duration.ZERO, 1); // the pause
                timer.advance(Duration.ZERO);
                lives(supervisor, "a");
            }
            die(supervisor, "a");
            gaveUp(supervisor, "a");
            lives(supervisor, "b");
        }
    }

    @Test
    void whoIsRestartedWithAnotherIsNotCharged() {
        try (SessionSupervisor supervisor = builder()
                .strategy(RestartStrategy.ONE_FOR_ALL)
                .maxRestarts(1)
                .within(Duration.ofHours(1))
                .session("a", options)
                .session("b", options)
                .open()) {
            die(supervisor, "a");
            awaitTwoRestarts();
            die(supervisor, "b");
            awaitTwoRestarts();
            assertThat(supervisor.list())
                    .allSatisfy(status -> assertThat(status.restarts()).isEqualTo(2));
            lives(supervisor, "a");
            lives(supervisor, "b");
            die(supervisor, "a");
            gaveUp(supervisor, "a");
        }
    }

    private void awaitTwoRestarts() {
        for (int started = 0; started < 2; ) {
            started += Fakes.take(events) instanceof SupervisorEvent.Started start && start.again() ? 1 : 0;
        }
    }

    @Test
    void aRestartThatIsAskedForIsNotCharged() {
        try (SessionSupervisor supervisor = builder()
                .maxRestarts(1)
                .within(Duration.ofHours(1))
                .session("a", options)
                .open()) {
            for (int i = 0; i < 3; i++) {
                supervisor.restart("a");
                lives(supervisor, "a");
            }
            die(supervisor, "a");
            lives(supervisor, "a");
        }
    }

    @Test
    void aPermanentOneThatLeavesWithZeroIsChargedToo() {
        fake.turn(turn -> turn.exit(0));
        try (SessionSupervisor supervisor =
                builder().maxRestarts(0).session("a", options).open()) {
            die(supervisor, "a");
            gaveUp(supervisor, "a");
        }
    }

    // ---- what else is a failure

    private Transport breaking(Launch launch, AtomicBoolean broken) {
        Transport process = fake.start(launch);
        InputStream out = new FilterInputStream(process.stdout()) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = in.read(buffer, offset, length);
                if (broken.getAndSet(false)) {
                    throw new IllegalStateException("made up");
                }
                return read;
            }
        };
        return new OtherOutput(process, out);
    }

    @Test
    void aReaderThatFailsCostsTheProcess() {
        AtomicBoolean broken = new AtomicBoolean();
        fake.turn(turn -> {
            broken.set(true);
            turn.text("never read").await(new CountDownLatch(1));
        });
        ClaudeOptions fragile = ClaudeOptions.builder()
                .transport(launch -> breaking(launch, broken))
                .build();
        try (SessionSupervisor supervisor = builder().session("a", fragile).open()) {
            assertThatExceptionOfType(TurnCutException.class)
                    .isThrownBy(() -> supervisor.query("a", "go"))
                    .withMessageContaining("the reader of the CLI's output failed");
            lives(supervisor, "a");
            assertThat(fake.launches()).hasSize(2);
        }
    }

    @Test
    void aTurnThatStallsAndDoesNotEndCostsTheProcess() {
        fake.turn(turn -> turn.text("begun").await(new CountDownLatch(1)));
        fake.onControl("interrupt", request -> null);
        ClaudeOptions impatient = options.toBuilder()
                .turnTimeout(Duration.ofMillis(100))
                .interruptTimeout(Duration.ofMillis(100))
                .build();
        try (SessionSupervisor supervisor = builder().session("a", impatient).open()) {
            assertThatExceptionOfType(StallException.class)
                    .isThrownBy(() -> supervisor.query("a", "go"))
                    .satisfies(
                            stall -> assertThat(stall.snapshot().lastMessage()).isNotNull());
            lives(supervisor, "a");
            assertThat(fake.launches()).hasSize(2);
        }
    }
}
