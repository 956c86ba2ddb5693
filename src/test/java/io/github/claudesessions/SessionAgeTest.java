package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.StallException;
import io.github.claudesessions.error.StallSnapshot;
import io.github.claudesessions.error.TurnCutException;
import io.github.claudesessions.internal.ManualTimer;
import io.github.claudesessions.testing.FakeClaude;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A supervised session has one age, whatever becomes of its processes. */
@Timeout(60)
class SessionAgeTest {
    private static final Duration LIMIT = Duration.ofHours(8);
    private static final Duration HALF = Duration.ofHours(4);

    private final ManualTimer timer = new ManualTimer();
    private final FakeClaude fake = FakeClaude.create();
    private final ClaudeOptions options =
            Fakes.options(fake).toBuilder().sessionTimeout(LIMIT).build();
    private final BlockingQueue<SupervisorEvent> events = new LinkedBlockingQueue<>();
    private final CountDownLatch never = new CountDownLatch(1);

    private SessionSupervisor.Builder builder() {
        return SessionSupervisor.builder()
                .timer(timer)
                .waitTimeout(Duration.ofDays(1))
                .backoff(Backoff.none())
                .onEvent(events::add);
    }

    private SupervisorEvent.Stopped awaitStopped() {
        while (true) {
            if (Fakes.take(events) instanceof SupervisorEvent.Stopped stopped) {
                return stopped;
            }
        }
    }

    @Test
    void restartsDoNotMakeItYounger() {
        fake.otherwise(turn -> turn.result(turn.prompt()));
        try (SessionSupervisor supervisor = builder().open()) {
            ClaudeSession session = supervisor.start("a", options);
            timer.advance(HALF);
            supervisor.restart("a");
            assertThat(session.query("young enough").text()).isEqualTo("young enough");
            timer.advance(HALF);
            assertThat(awaitStopped().toString()).contains("a", "older than PT8H (sessionTimeout)");
            assertThatThrownBy(() -> session.query("late"))
                    .isInstanceOf(SessionClosedException.class)
                    .hasMessageContaining("sessionTimeout");
            assertThat(fake.launches()).hasSize(2);
            assertThat(supervisor.find("a")).isEmpty();
            supervisor.start("a", options).query("a new one");
        }
    }

    @Test
    void oneWithoutAProcessGetsOldToo() {
        fake.otherwise(turn -> turn.result(turn.prompt()));
        try (SessionSupervisor supervisor = builder().open()) {
            ClaudeSession first = supervisor.perUser("ann", options);
            timer.advance(LIMIT);
            awaitStopped();
            assertThat(supervisor.find("ann")).isEmpty();
            ClaudeSession second = supervisor.perUser("ann", options);
            assertThat(second).isNotSameAs(first);
            assertThat(second.query("hello").text()).isEqualTo("hello");
        }
    }

    @Test
    void whoReadsATurnIsTold() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        fake.turn(turn -> {
            busy.countDown();
            turn.await(never);
        });
        try (SessionSupervisor supervisor = builder().open()) {
            ClaudeSession session = supervisor.start("a", options);
            CompletableFuture<TurnCutException> cut =
                    Fakes.async(() -> catchThrowableOfType(TurnCutException.class, () -> session.query("for ever")));
            busy.await();
            timer.advance(LIMIT);
            assertThat(cut.join())
                    .cause()
                    .isInstanceOfSatisfying(
                            StallException.class,
                            stall -> assertThat(stall.snapshot().kind()).isEqualTo(StallSnapshot.Kind.SESSION));
            awaitStopped();
            assertThat(fake.launches()).hasSize(1);
        }
    }

    @Test
    void oneThatIsClosedLeavesNoAlarm() throws InterruptedException {
        try (SessionSupervisor supervisor = builder().open()) {
            supervisor.start("a", options);
            assertThat(timer.waiting(LIMIT)).isEqualTo(1);
            supervisor.terminate("a");
            timer.await(LIMIT, 0);
        }
    }

    @Test
    void oneThatIsRefusedHasNoAge() {
        try (SessionSupervisor supervisor = builder().open()) {
            supervisor.start("a", options);
            assertThatThrownBy(() -> supervisor.start("a", options)).isInstanceOf(IllegalArgumentException.class);
            assertThat(timer.waiting(LIMIT)).isEqualTo(1);
        }
    }
}
