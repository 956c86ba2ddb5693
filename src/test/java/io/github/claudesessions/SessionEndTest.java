package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.SessionStartException;
import io.github.claudesessions.error.TruncatedStreamException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.message.ApiErrorKind;
import io.github.claudesessions.message.ApiRetry;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.FakeClaude;
import io.github.claudesessions.testing.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How sessions end, what they know of themselves, and whom they tell. */
@Timeout(30)
class SessionEndTest {
    private final FakeClaude fake = FakeClaude.create();
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void closeFailsTheTurnAndWhoeverWaitsForOne() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        fake.turn(turn -> {
            begun.countDown();
            turn.await(never);
        });
        ClaudeSession session = Fakes.open(fake);
        CompletableFuture<ResultMessage> running = Fakes.async(() -> session.query("go"));
        begun.await();
        CompletableFuture<Throwable> waiting = new CompletableFuture<>();
        Thread waiter = Thread.ofPlatform().start(() -> {
            try {
                session.query("later");
            } catch (SessionClosedException e) {
                waiting.complete(e);
            }
        });
        Fakes.awaitWaiting(waiter);
        session.close();
        assertThatThrownBy(running::join).hasCauseInstanceOf(SessionClosedException.class);
        assertThat(waiting.join()).isInstanceOf(SessionClosedException.class);
        assertThat(fake.prompts()).containsExactly("go");
        assertThat(fake.running()).isZero();
    }

    @Test
    void allCallsThrowAfterTheEndAndCloseIsIdempotent() {
        ClaudeSession session = Fakes.open(fake);
        session.close();
        session.close();
        assertThatThrownBy(() -> session.query("go")).isInstanceOf(SessionClosedException.class);
        assertThatThrownBy(() -> session.stream("go").toList()).isInstanceOf(SessionClosedException.class);
        assertThatThrownBy(() -> session.streamText("go").toList()).isInstanceOf(SessionClosedException.class);
        assertThatThrownBy(() -> session.control("any", Map.of())).isInstanceOf(SessionClosedException.class);
        assertThatThrownBy(session::interrupt).isInstanceOf(SessionClosedException.class);
        assertThat(session.health()).isInstanceOf(Health.Unhealthy.class);
        session.onMessage(message -> {}).close();
    }

    @Test
    void deathOfTheProcessFailsTheTurnWithWhatItSaid() {
        fake.turn(turn -> turn.text("half").stderr("out of memory").exit(137));
        try (ClaudeSession session = Fakes.open(fake)) {
            List<Message> read = new ArrayList<>();
            assertThatThrownBy(() -> session.stream("go").forEach(read::add))
                    .asInstanceOf(type(ProcessExitedException.class))
                    .satisfies(e -> {
                        assertThat(e.exitCode()).isEqualTo(137);
                        assertThat(e.stderrTail()).contains("out of memory");
                        assertThat(e.getMessage()).doesNotContain("memory");
                    });
            assertThat(read.stream().flatMap(Messages.text())).containsExactly("half");
            assertThatThrownBy(() -> session.query("again")).isInstanceOf(ProcessExitedException.class);
            assertThat(session.health())
                    .asInstanceOf(type(Health.Unhealthy.class))
                    .satisfies(health -> assertThat(health.reason()).contains("SIGKILL"));
        }
    }

    @Test
    void exitZeroWithoutAResultIsAnErrorToo() {
        fake.turn(turn -> turn.exit(0));
        assertThatThrownBy(() -> Claude.query("go", Fakes.options(fake)))
                .asInstanceOf(type(ProcessExitedException.class))
                .satisfies(e -> assertThat(e.exitCode()).isZero());
    }

    @Test
    void lineThatIsCutOffIsNamed() {
        fake.turn(turn -> turn.write("{\"type\":\"resu").exit(0));
        assertThatThrownBy(() -> Claude.query("go", Fakes.options(fake)))
                .asInstanceOf(type(TruncatedStreamException.class))
                .satisfies(e -> assertThat(e.bytes()).isEqualTo(13));
    }

    @Test
    void refusedConfirmationFailsTheOpening() {
        fake.onControl("initialize", request -> Map.of("commands", List.of()));
        ClaudeOptions options = Fakes.options(fake);
        assertThatThrownBy(() -> ClaudeSession.open(options))
                .isInstanceOf(SessionStartException.class)
                .hasMessageContaining("settings_applied");
    }

    @Test
    void linkedSessionEndsWithItsOwner() throws InterruptedException {
        CompletableFuture<Void> owner = new CompletableFuture<>();
        ClaudeSession session = Fakes.open(fake);
        session.linkTo(owner);
        owner.completeExceptionally(new IllegalStateException());
        while (fake.running() > 0) {
            Thread.onSpinWait();
        }
        assertThat(session.health()).isInstanceOf(Health.Unhealthy.class);

        CountDownLatch end = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().start(() -> Fakes.await(end));
        ClaudeSession linked = Fakes.open(fake);
        linked.linkTo(thread);
        end.countDown();
        thread.join();
        while (fake.running() > 0) {
            Thread.onSpinWait();
        }
        assertThat(linked.health()).isInstanceOf(Health.Unhealthy.class);
    }

    @Test
    void healthFollowsTheRetries() throws InterruptedException {
        CountDownLatch seen = new CountDownLatch(1);
        CountDownLatch looked = new CountDownLatch(1);
        fake.turn(turn -> turn.send(Sample.apiRetry(2, 529, ApiErrorKind.OVERLOADED))
                .await(looked)
                .text("at last"));
        try (ClaudeSession session = Fakes.open(fake)) {
            assertThat(session.health()).isEqualTo(new Health.Healthy());
            session.onMessage(message -> {
                if (message instanceof ApiRetry) {
                    seen.countDown();
                }
            });
            CompletableFuture<ResultMessage> answer = Fakes.async(() -> session.query("go"));
            seen.await();
            assertThat(session.health())
                    .asInstanceOf(type(Health.Degraded.class))
                    .satisfies(health -> assertThat(health.reason()).contains("overloaded", "attempt 2"));
            looked.countDown();
            answer.join();
            assertThat(session.health()).isEqualTo(new Health.Healthy());
        }
    }

    @Test
    void listenersGetEverythingInOrderAlsoOutsideATurn() throws InterruptedException {
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        fake.turn(turn -> {
            for (int i = 0; i < 100; i++) {
                turn.text("t" + i);
            }
            turn.result("done");
            turn.send(Map.of("type", "made_up", "n", 1));
        });
        try (ClaudeSession session = Fakes.open(fake)) {
            session.onMessage(heard::add);
            List<Message> read = session.stream("go").toList();
            List<Message> all = new ArrayList<>();
            do {
                all.add(heard.take());
            } while (!"made_up".equals(all.getLast().raw().toMap().get("type")));
            assertThat(all).containsSubsequence(read);
        }
    }

    @Test
    void listenerThatThrowsHarmsNobody() throws InterruptedException {
        BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
        fake.answer("one");
        try (ClaudeSession session = Fakes.open(fake)) {
            session.onMessage(message -> {
                throw new AssertionError("a bug");
            });
            session.onMessage(heard::add);
            assertThat(session.query("go").text()).isEqualTo("one");
            while (!(heard.take() instanceof ResultMessage)) {
                // until the end of the turn
            }
        }
    }

    @Test
    void listenerThatIsGoneHearsNothingAndALaterOneNothingOld() {
        List<Message> first = new CopyOnWriteArrayList<>();
        BlockingQueue<Message> second = new LinkedBlockingQueue<>();
        fake.answer("one").answer("two");
        try (ClaudeSession session = Fakes.open(fake)) {
            CountDownLatch hold = new CountDownLatch(1);
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch left = new CountDownLatch(1);
            Registration registration = session.onMessage(message -> {
                held.countDown();
                Fakes.await(hold);
                first.add(message);
                left.countDown();
            });
            session.query("go");
            Fakes.await(held);
            registration.close();
            registration.close();
            session.onMessage(second::add);
            hold.countDown();
            Fakes.await(left);
            List<Message> turn = session.stream("again").toList();
            List<Message> heard = new ArrayList<>();
            while (heard.isEmpty() || !(heard.getLast() instanceof ResultMessage)) {
                heard.add(Fakes.take(second));
            }
            assertThat(first).hasSize(1);
            assertThat(heard).endsWith(turn.getLast());
            assertThat(heard.stream().flatMap(Messages.text())).containsExactly("two");
        }
    }

    @Test
    void textsTellNoSecrets() {
        ClaudeOptions options =
                Fakes.options(fake).toBuilder().apiKey("sk-very-secret").build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.toString()).contains(session.sessionId().orElseThrow(), "-1");
        }
        assertThat(options.toString()).doesNotContain("sk-very-secret");
        assertThat(fake.launches().getFirst().toString()).doesNotContain("sk-very-secret");
        assertThat(fake.launches().getFirst().environment()).containsEntry("ANTHROPIC_API_KEY", "sk-very-secret");
    }

    @Test
    void listenersHearTheResultAlsoIfTheSessionIsClosedAtOnce() throws InterruptedException {
        for (int i = 0; i < 300; i++) {
            CountDownLatch heard = new CountDownLatch(1);
            FakeClaude one = FakeClaude.create().answer("one");
            try (ClaudeSession session = Fakes.open(one)) {
                session.onMessage(message -> {
                    if (message instanceof ResultMessage) {
                        heard.countDown();
                    }
                });
                session.query("go");
            }
            assertThat(heard.await(5, TimeUnit.SECONDS)).as("session %d", i).isTrue();
        }
    }

    @Test
    void processThatDiesAfterAFailedTurnFailsTheNextOne() {
        for (int i = 0; i < 50; i++) {
            FakeClaude dying = FakeClaude.create().turn(turn -> {
                turn.apiError(500, "broken");
                turn.exit(1);
            });
            try (ClaudeSession session = Fakes.open(dying)) {
                assertThatThrownBy(() -> session.query("go")).isInstanceOf(TurnFailedException.class);
                for (int again = 0; again < 2; again++) {
                    assertThatThrownBy(() -> session.query("again"))
                            .asInstanceOf(type(ProcessExitedException.class))
                            .satisfies(e -> assertThat(e.exitCode()).isEqualTo(1));
                }
            }
        }
    }
}
