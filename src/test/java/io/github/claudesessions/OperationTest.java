package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.TurnCutException;
import io.github.claudesessions.internal.ManualTimer;
import io.github.claudesessions.internal.supervision.MemoryWatch;
import io.github.claudesessions.testing.FakeClaude;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator has of a supervisor: health, probes, ceilings of memory, numbers. */
@Timeout(60)
class OperationTest {
    private static final Duration INTERVAL = Duration.ofSeconds(70);
    private static final long MIB = 1 << 20;

    private final FakeClaude fake = FakeClaude.create();
    private final ClaudeOptions options = Fakes.options(fake);
    private final BlockingQueue<SupervisorEvent> events = new LinkedBlockingQueue<>();
    private final ManualTimer timer = new ManualTimer();

    private SessionSupervisor.Builder builder() {
        return SessionSupervisor.builder().backoff(Backoff.none()).onEvent(events::add);
    }

    private <E extends SupervisorEvent> E await(Class<E> type) {
        while (true) {
            SupervisorEvent event = Fakes.take(events);
            if (type.isInstance(event)) {
                return type.cast(event);
            }
        }
    }

    // ---- probes of a session

    @Test
    void probeAsksTheProcess() {
        AtomicBoolean silent = new AtomicBoolean();
        fake.onControl("get_binary_version", request -> silent.get() ? null : Map.of("version", "1"));
        ClaudeSession session = Fakes.open(fake);
        try (session) {
            assertThat(session.probe(Duration.ofMinutes(1))).isInstanceOf(Health.Healthy.class);
            silent.set(true);
            assertThat(session.probe(Duration.ofMillis(50)))
                    .isEqualTo(new Health.Unhealthy("the CLI has not answered a probe within PT0.05S"));
            assertThat(session.health()).isInstanceOf(Health.Healthy.class);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> session.probe(Duration.ZERO))
                    .withMessageContaining("limit");
        }
        assertThat(session.probe(Duration.ofMinutes(1))).isInstanceOf(Health.Unhealthy.class);
    }

    @Test
    void refusalIsAnAnswerToo() {
        try (ClaudeSession session = Fakes.open(fake)) {
            assertThat(session.probe(Duration.ofMinutes(1))).isInstanceOf(Health.Healthy.class);
        }
    }

    @Test
    void probeStartsNoProcess() {
        try (SessionSupervisor supervisor =
                builder().lazy(true).session("a", options).open()) {
            assertThat(supervisor.session("a").probe(Duration.ofMinutes(1))).isInstanceOf(Health.Healthy.class);
            assertThat(fake.launches()).isEmpty();
        }
    }

    @Test
    void idleProcessThatDoesNotAnswerIsReplaced() throws InterruptedException {
        AtomicBoolean silent = new AtomicBoolean(true);
        fake.onControl("get_binary_version", request -> silent.getAndSet(false) ? null : Map.of());
        fake.otherwise(turn -> turn.result(turn.prompt()));
        try (SessionSupervisor supervisor = builder()
                .timer(timer)
                .probeInterval(INTERVAL)
                .probeTimeout(Duration.ofMillis(100))
                .session("a", options)
                .open()) {
            timer.await(INTERVAL, 1);
            timer.advance(INTERVAL);
            SupervisorEvent.Restarting restart = await(SupervisorEvent.Restarting.class);
            assertThat(restart.cause())
                    .isInstanceOf(SessionClosedException.class)
                    .hasMessageContaining("not answered a probe");
            timer.advance(Duration.ofNanos(1)); // the pause before the restart
            assertThat(supervisor.query("a", "there?").text()).isEqualTo("there?");
            SessionStatus status = supervisor.list().getFirst();
            assertThat(status.restarts()).isEqualTo(1);
            assertThat(status.lastFailure())
                    .hasValueSatisfying(text -> assertThat(text).contains("probe"));
            assertThat(supervisor.totals().restarting()).isEqualTo(1);
            timer.await(INTERVAL, 1);
            timer.advance(INTERVAL); // and one that answers stays
            timer.await(INTERVAL, 1);
            assertThat(supervisor.list().getFirst().restarts()).isEqualTo(1);
        }
    }

    @Test
    void processAtWorkIsNotProbed() throws InterruptedException {
        fake.onControl("get_binary_version", request -> null);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        fake.otherwise(turn -> {
            begun.countDown();
            turn.text("half").await(end).result("whole");
        });
        try (SessionSupervisor supervisor = builder()
                .timer(timer)
                .probeInterval(INTERVAL)
                .probeTimeout(Duration.ofMillis(50))
                .session("a", options)
                .open()) {
            CompletableFuture<String> answer =
                    Fakes.async(() -> supervisor.query("a", "go").text());
            Fakes.await(begun);
            timer.await(INTERVAL, 1);
            timer.advance(INTERVAL);
            timer.await(INTERVAL, 1);
            end.countDown();
            assertThat(answer.join()).isEqualTo("whole");
        }
    }

    // ---- health

    @Test
    void healthOfASupervisor() {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        fake.otherwise(turn -> {
            if (turn.prompt().equals("die")) {
                turn.exit(1);
            } else {
                begun.countDown();
                turn.text("half").await(end).result("whole");
            }
        });
        SessionSupervisor supervisor = builder()
                .maxRestarts(0)
                .maxLive(1)
                .lazy(true)
                .session("a", options)
                .session("b", options)
                .open();
        try (supervisor) {
            SupervisorHealth fresh = supervisor.health();
            assertThat(fresh.live()).isTrue();
            assertThat(fresh.ready()).isTrue();
            assertThat(fresh.sessions()).containsEntry(SessionStatus.State.HIBERNATED, 2);
            assertThat(fresh.text()).isEqualTo("live, ready; 2 sessions, 2 hibernated; 0 processes of 1, 0 waiting");

            assertThatExceptionOfType(TurnCutException.class).isThrownBy(() -> supervisor.query("a", "die"));
            await(SupervisorEvent.GaveUp.class);
            assertThat(supervisor.health().gaveUp()).containsExactly("a");
            assertThat(supervisor.health().live()).isTrue();

            CompletableFuture<String> answer =
                    Fakes.async(() -> supervisor.query("b", "go").text());
            Fakes.await(begun);
            SupervisorHealth full = supervisor.health();
            assertThat(full.ready()).isFalse();
            assertThat(full.trouble()).contains("all 1 processes that there may be are at work");
            assertThat(full.text()).contains("live, not ready (all 1", "1 running", "1 gave up", "given up: a");
            end.countDown();
            answer.join();
            supervisor.session("b").awaitIdle(Duration.ofMinutes(1));
            assertThat(supervisor.health().ready()).isTrue();
        }
        assertThat(supervisor.health().ready()).isFalse();
        assertThat(supervisor.health().trouble()).contains("it takes no more work");
    }

    // ---- memory

    private final Map<Long, Long> resident = new ConcurrentHashMap<>();

    private SessionSupervisor.Builder weighed() {
        return builder().timer(timer).memory(pid -> resident.getOrDefault(pid, 0L));
    }

    private ClaudeOptions process(long pid, long mib) {
        resident.put(pid, mib * MIB);
        return ClaudeOptions.builder()
                .transport(launch -> new NumberedTransport(fake.start(launch), pid))
                .build();
    }

    private void look() throws InterruptedException {
        timer.await(MemoryWatch.INTERVAL, 1);
        timer.advance(MemoryWatch.INTERVAL);
        timer.await(MemoryWatch.INTERVAL, 1);
    }

    @Test
    void processThatIsTooBigGivesWayWhenItIsIdle() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        fake.turn(turn -> {
            begun.countDown();
            turn.text("half").await(end).result("whole");
        });
        fake.otherwise(turn -> turn.result(turn.prompt()));
        try (SessionSupervisor supervisor = weighed()
                .maxMemoryPerProcess(300 * MIB)
                .session("big", process(1, 400))
                .session("small", process(2, 200))
                .open()) {
            CompletableFuture<String> answer =
                    Fakes.async(() -> supervisor.query("big", "go").text());
            Fakes.await(begun);
            look();
            end.countDown();
            assertThat(answer.join()).isEqualTo("whole");
            assertThat(supervisor.totals().hibernated()).isZero();
            supervisor.session("big").awaitIdle(Duration.ofMinutes(1));
            look();
            assertThat(await(SupervisorEvent.Hibernated.class).name()).isEqualTo("big");
            assertThat(supervisor.list().getLast().state()).isEqualTo(SessionStatus.State.RUNNING);
            assertThat(supervisor.query("big", "again").text()).isEqualTo("again");
        }
    }

    @Test
    void processThatIsTwiceTooBigIsEndedInTheMiddleOfItsTurn() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        fake.turn(turn -> {
            begun.countDown();
            turn.text("half").await(never);
        });
        fake.otherwise(turn -> turn.result(turn.prompt()));
        try (SessionSupervisor supervisor = weighed()
                .maxMemoryPerProcess(300 * MIB)
                .session("big", process(1, 700))
                .open()) {
            CompletableFuture<Throwable> failure =
                    Fakes.async(() -> supervisor.query("big", "go")).handle((result, thrown) -> thrown.getCause());
            Fakes.await(begun);
            look();
            assertThat(failure.join())
                    .isInstanceOf(TurnCutException.class)
                    .hasMessageContaining("700 MiB, more than maxMemoryPerProcess (300 MiB)");
            assertThat(await(SupervisorEvent.Restarting.class).name()).isEqualTo("big");
        }
    }

    @Test
    void leastRecentlyUsedGiveWayWhenAllTogetherAreTooBig() throws InterruptedException {
        fake.otherwise(turn -> turn.result(turn.prompt()));
        try (SessionSupervisor supervisor = weighed()
                .maxMemory(450 * MIB)
                .session("a", process(1, 200))
                .session("b", process(2, 200))
                .session("c", process(3, 200))
                .open()) {
            for (String name : new String[] {"b", "a", "c"}) {
                timer.advance(Duration.ofMillis(1));
                supervisor.query(name, "go");
                supervisor.session(name).awaitIdle(Duration.ofMinutes(1));
            }
            look();
            assertThat(await(SupervisorEvent.Hibernated.class).name()).isEqualTo("b");
            look();
            assertThat(supervisor.totals().hibernated()).isEqualTo(1);
        }
    }

    @Test
    void settingsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxMemory(0))
                .withMessageContaining("maxMemory");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().maxMemoryPerProcess(-1))
                .withMessageContaining("maxMemoryPerProcess");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().probeInterval(Duration.ZERO))
                .withMessageContaining("probeInterval");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().probeTimeout(Duration.ZERO))
                .withMessageContaining("probeTimeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().jmx(" "))
                .withMessageContaining("jmx");
    }
}
