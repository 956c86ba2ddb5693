package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.control.Budget;
import io.github.claudesessions.control.BudgetUse;
import io.github.claudesessions.error.BudgetExceededException;
import io.github.claudesessions.error.PromptCancelledException;
import io.github.claudesessions.message.LifecycleState;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.FakeClaude;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sent prompts, idleness, cost and budgets on a scripted CLI. */
@Timeout(30)
class SentPromptTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final FakeClaude fake = FakeClaude.create();
    private final ClaudeOptions options =
            ClaudeOptions.builder().transport(fake).build();

    @Test
    void itsStatesAndItsResult() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        fake.turn(turn -> turn.await(gate).text("one")).answer("two");
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.isIdle()).isTrue();
            SentPrompt sent = session.send(Prompt.of("1"), SendPriority.LATER);
            assertThat(get(sent.started())).isEqualTo(LifecycleState.STARTED);
            assertThat(session.isIdle()).isFalse();
            assertThat(session.awaitIdle(Duration.ofMillis(50))).isFalse();
            CompletableFuture<ResultMessage> query = Fakes.async(() -> session.query("2"));
            gate.countDown();
            assertThat(get(sent.result()).text()).isEqualTo("one");
            assertThat(get(sent.ended())).isEqualTo(LifecycleState.COMPLETED);
            assertThat(sent.state()).isEqualTo(LifecycleState.COMPLETED);
            assertThat(get(query).text()).isEqualTo("two");
            assertThat(session.awaitIdle(SOON)).isTrue();
        }
        assertThat(fake.received().stream().filter(line -> "user".equals(line.get("type"))))
                .first()
                .satisfies(line -> assertThat(line).containsEntry("priority", "later"));
    }

    @Test
    void whatHangsOnAStageMayStartATurn() throws Exception {
        fake.answer("one").answer("two");
        try (ClaudeSession session = ClaudeSession.open(options)) {
            CompletionStage<String> second = session.send("1")
                    .result()
                    .thenApply(first -> first.text() + session.query("2").text());
            assertThat(get(second)).isEqualTo("onetwo");
        }
    }

    @Test
    void oneThatIsRefusedHasNoResult() throws Exception {
        fake.turn(turn ->
                turn.send(Map.of("type", "command_lifecycle", "command_uuid", turn.promptUuid(), "state", "refused")));
        try (ClaudeSession session = ClaudeSession.open(options)) {
            SentPrompt sent = session.send("1");
            assertThat(get(sent.ended())).isEqualTo(LifecycleState.REFUSED);
            assertThatThrownBy(() -> get(sent.result())).hasCauseInstanceOf(PromptCancelledException.class);
        }
    }

    @Test
    void aTaskThatEndsOnlyThroughAnUpdateLeavesTheSessionIdle() {
        fake.turn(turn -> {
            turn.send(Map.of(
                    "type",
                    "system",
                    "subtype",
                    "background_tasks_changed",
                    "tasks",
                    List.of(Map.of("task_id", "a", "task_type", "local_bash", "description", "d"))));
            turn.send(Map.of(
                    "type", "system", "subtype", "task_updated", "task_id", "a", "patch", Map.of("status", "killed")));
            turn.text("done");
        });
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("1");
            assertThat(session.awaitIdle(SOON)).isTrue();
            assertThat(session.tasks()).singleElement().matches(task -> !task.live());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHardBudgetThatStopsATurnCancelsWhatWaits(boolean interrupted) throws Exception {
        AtomicInteger used = new AtomicInteger();
        AtomicInteger others = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch spend = new CountDownLatch(1);
        fake.onControl(
                        "get_usage",
                        request -> Map.of(
                                "session", Map.of("model_usage", Map.of("m", Map.of("outputTokens", used.get())))))
                .turn(turn -> {
                    begun.countDown();
                    try {
                        turn.await(spend);
                    } catch (InterruptedException e) {
                        // a tool that goes on
                    }
                    used.set(100);
                    turn.toolResult(turn.toolUse("Bash", Map.of()), "done").await(new CountDownLatch(1));
                })
                .otherwise(turn -> others.incrementAndGet());
        try (ClaudeSession session = ClaudeSession.open(
                options.toBuilder().budget(Budget.hard().tokens(50)).build())) {
            CompletableFuture<ResultMessage> query = Fakes.async(() -> session.query("1"));
            begun.await();
            SentPrompt second = session.send("2");
            SentPrompt third = session.send("3");
            if (interrupted) {
                assertThat(session.interrupt(false).stillQueued()).containsExactly(second.uuid(), third.uuid());
            } else {
                spend.countDown();
            }
            assertThatThrownBy(() -> get(query)).hasCauseInstanceOf(BudgetExceededException.class);
            assertThat(get(second.ended())).isEqualTo(LifecycleState.CANCELLED);
            assertThat(get(third.ended())).isEqualTo(LifecycleState.CANCELLED);
            assertThat(session.awaitIdle(SOON)).isTrue();
        }
        assertThat(others).hasValue(0);
        assertThat(fake.received())
                .last()
                .satisfies(line -> assertThat(line)
                        .containsEntry("request", Map.of("subtype", "interrupt", "cancel_queued", true)));
    }

    @Test
    void aHardBudgetInterruptsAndRefusesAndASoftOneOnlyTells() throws Exception {
        CompletableFuture<BudgetUse> told = new CompletableFuture<>();
        Budget hard = Budget.hard().time(Duration.ofMillis(50)).onWarning(told::complete);
        fake.turn(turn -> turn.await(new CountDownLatch(1)));
        try (ClaudeSession session =
                ClaudeSession.open(options.toBuilder().budget(hard).build())) {
            assertThatThrownBy(() -> session.query("1"))
                    .isInstanceOfSatisfying(
                            BudgetExceededException.class,
                            error -> assertThat(error.limit()).isEqualTo("TIME"));
            assertThat(get(told).limit()).isEqualTo(BudgetUse.Limit.TIME);
            assertThatThrownBy(() -> session.send("2")).isInstanceOf(BudgetExceededException.class);
        }
        FakeClaude other =
                FakeClaude.create().answer("one").answer("two"); // the time may be up before the first prompt
        try (ClaudeSession session = ClaudeSession.open(
                Fakes.options(other).toBuilder().budget(Budget.soft().turns(1)).build())) {
            session.query("1");
            assertThat(session.query("2").text()).isEqualTo("two");
            assertThat(session.cost().turns()).isEqualTo(2);
            assertThat(session.cost().usd()).isEqualTo(0.002);
        }
    }

    @Test
    void aBudgetChecksItsLimits() {
        assertThatThrownBy(() -> Budget.hard().turns(0)).hasMessageContaining("turns");
        assertThatThrownBy(() -> Budget.hard().tokens(-1)).hasMessageContaining("tokens");
        assertThatThrownBy(() -> Budget.hard().usd(Double.NaN)).hasMessageContaining("usd");
        assertThatThrownBy(() -> Budget.hard().time(Duration.ZERO)).hasMessageContaining("time");
        assertThatThrownBy(() -> Budget.hard().warnAt(1.5)).hasMessageContaining("warnAt");
        assertThat(Budget.hard().usd(1).turns(2))
                .isEqualTo(Budget.hard().turns(2).usd(1));
    }

    @Test
    void aFileMustBeText(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("a.txt"), "text");
        Path binary = Files.write(folder.resolve("b.txt"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(Prompt.of("p").file(text).content().toString()).contains("\"title\":\"a.txt\"", "\"data\":\"text\"");
        assertThatThrownBy(() -> Prompt.of("p").file(binary))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("UTF-8");
        assertThatThrownBy(() -> Prompt.of("p").image(URI.create("file:///etc/passwd")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
