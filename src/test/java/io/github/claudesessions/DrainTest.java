package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.FakeClaude;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DrainTest {
    private static final Duration LONG = Duration.ofSeconds(40);

    private final FakeClaude fake = FakeClaude.create();
    private final ClaudeOptions options = Fakes.options(fake);
    private final CountDownLatch gate = new CountDownLatch(1);

    private SessionSupervisor open(int sessions) {
        SessionSupervisor.Builder builder = SessionSupervisor.builder();
        for (int i = 0; i < sessions; i++) {
            builder.session("s" + i, options);
        }
        return builder.open();
    }

    private List<CompletableFuture<ResultMessage>> queries(SessionSupervisor supervisor, int count) {
        List<CompletableFuture<ResultMessage>> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = "s" + i;
            queries.add(Fakes.async(() -> supervisor.query(name, "go")));
        }
        while (fake.prompts().size() < count) {
            Thread.onSpinWait();
        }
        return queries;
    }

    private static void awaitRefusal(SessionSupervisor supervisor) {
        while (true) {
            try {
                supervisor.perUser("late", Fakes.options(FakeClaude.create()));
                supervisor.terminate("late");
            } catch (SessionClosedException e) {
                return;
            }
        }
    }

    @Test
    void fiftyTurnsEnd() {
        fake.otherwise(turn -> turn.text("half").await(gate).result("whole"));
        try (SessionSupervisor supervisor = open(50)) {
            List<CompletableFuture<ResultMessage>> queries = queries(supervisor, 50);
            CompletableFuture<List<DrainedSession>> drain = Fakes.async(() -> supervisor.drain(LONG));
            awaitRefusal(supervisor);
            assertThatThrownBy(() -> supervisor.query("s0", "more")).isInstanceOf(SessionClosedException.class);
            assertThatThrownBy(() -> supervisor.session("s0").send("more")).isInstanceOf(SessionClosedException.class);
            assertThatThrownBy(() -> supervisor.start("new", options)).isInstanceOf(SessionClosedException.class);
            assertThat(drain).isNotDone();
            gate.countDown();
            assertThat(queries)
                    .allSatisfy(query -> assertThat(query.join().text()).isEqualTo("whole"));
            assertThat(drain.join()).hasSize(50).noneMatch(DrainedSession::turnCut);
            assertThat(drain.join())
                    .extracting(DrainedSession::name)
                    .startsWith("s0", "s1")
                    .doesNotHaveDuplicates();
            assertThat(fake.running()).isZero();
            assertThat(supervisor.drain(LONG)).isEmpty();
        }
    }

    @Test
    void whatIsLeftAtTheDeadlineIsInterrupted() {
        fake.otherwise(turn -> {
            if (turn.prompt().equals("short")) {
                turn.result("whole");
            } else {
                turn.text("half").await(gate).result("too late");
            }
        });
        try (SessionSupervisor supervisor = open(51)) {
            supervisor.query("s50", "short");
            List<CompletableFuture<ResultMessage>> queries = queries(supervisor, 50);
            long start = System.nanoTime();
            List<DrainedSession> drained = supervisor.drain(Duration.ofMillis(200));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            assertThat(drained).filteredOn(DrainedSession::turnCut).hasSize(50);
            DrainedSession whole = drained.getLast();
            assertThat(whole.turnCut()).isFalse();
            String id = whole.sessionId().orElseThrow();
            ClaudeOptions next = whole.resume(options.toBuilder()
                    .sessionId("00000000-0000-4000-8000-000000000001")
                    .build());
            assertThat(next.resume()).contains(id);
            assertThat(next.sessionId()).isEmpty();
            assertThat(queries)
                    .allSatisfy(query -> assertThatThrownBy(query::join).cause().isInstanceOf(ClaudeException.class));
            assertThat(fake.running()).isZero();
        } finally {
            gate.countDown();
        }
    }

    @Test
    void aSessionWithoutAProcessGetsNone() {
        try (SessionSupervisor supervisor =
                SessionSupervisor.builder().lazy(true).session("a", options).open()) {
            ClaudeSession session = supervisor.session("a");
            assertThat(supervisor.drain(LONG)).containsExactly(new DrainedSession("a", Optional.empty(), false));
            assertThatThrownBy(session::mcpServers).isInstanceOf(SessionClosedException.class);
            assertThat(fake.launches()).isEmpty();
        }
    }
}
