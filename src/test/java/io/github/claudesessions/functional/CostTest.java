package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Health;
import io.github.claudesessions.Prompt;
import io.github.claudesessions.SendPriority;
import io.github.claudesessions.SentPrompt;
import io.github.claudesessions.control.Budget;
import io.github.claudesessions.control.BudgetUse;
import io.github.claudesessions.error.BudgetExceededException;
import io.github.claudesessions.message.LifecycleState;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.Reply;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the real CLI says that turns cost, added up and watched, with scripted usage. */
@Timeout(120)
class CostTest extends OnRealCli {
    private static final Offset<Double> EXACT = within(1e-9);

    private final CountDownLatch gate = new CountDownLatch(1);
    private final BlockingQueue<BudgetUse> warnings = new LinkedBlockingQueue<>();
    private final ClaudeOptions options =
            ClaudeOptions.builder().env(api.environment()).allowedTool("Bash").build();

    @AfterEach
    void close() {
        gate.countDown();
    }

    @Test
    void theLedgerAddsTurnsUp() {
        api.reply(
                Reply.text("a").usage(100, 10),
                Reply.toolUse("Bash", Map.of("command", "true", "description", "d"))
                        .usage(200, 20),
                Reply.text("b").usage(300, 30));
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.cost().usd()).isZero();
            ResultMessage first = session.query("1");
            double price = first.costUsd();
            assertThat(session.cost().usd()).isCloseTo(price, EXACT).isPositive();
            session.query("2");
            assertThat(session.cost().turns()).isEqualTo(2);
            assertThat(session.cost().requests()).isEqualTo(3);
            assertThat(session.cost().inputTokens()).isEqualTo(600);
            assertThat(session.cost().outputTokens()).isEqualTo(60);
            assertThat(session.cost().totalTokens()).isEqualTo(660);
            assertThat(session.cost().models()).hasSize(1);
            assertThat(session.cost().usd())
                    .isCloseTo(6 * price, EXACT)
                    .isCloseTo(session.controls().usage().session().totalCostUsd(), EXACT);
        }
    }

    @Test
    void itStaysRightAcrossInterruptCompactClearResumeAndFork() {
        api.reply(
                Reply.text("a").usage(100, 10),
                Reply.text("b", "c").usage(100, 10).pauseAfter(1, gate),
                Reply.text("d").usage(100, 10),
                Reply.text("e").usage(100, 10),
                Reply.text("f").usage(100, 10),
                Reply.text("g").usage(100, 10));
        String id;
        double price;
        try (ClaudeSession session = ClaudeSession.open(options)) {
            price = session.query("1").costUsd();
            try (Stream<String> text = session.streamText("2")) {
                Iterator<String> pieces = text.iterator();
                assertThat(pieces.next()).isEqualTo("b");
            }
            session.query("3");
            double interrupted = session.cost().usd() - 2 * price;
            assertThat(interrupted).isBetween(0.0, price + 1e-9);
            assertThat(session.cost().turns()).isEqualTo(3);
            double before = session.cost().usd();
            assertThat(session.query("/compact").localCommand()).isEqualTo("compact");
            assertThat(session.cost().usd()).isGreaterThan(before);
            before = session.cost().usd();
            assertThat(session.query("/cost").text()).contains("Estimated cost");
            assertThat(session.cost().usd()).isEqualTo(before);
            String old = session.sessionId().orElseThrow();
            ResultMessage cleared = session.query("/clear");
            assertThat(cleared.totalCostUsd()).isZero();
            id = session.sessionId().orElseThrow();
            assertThat(id).isNotEqualTo(old).isEqualTo(cleared.sessionId());
            session.query("4");
            assertThat(api.lastRequest().messages().toString()).doesNotContain("Made");
            assertThat(api.lastRequest().sessionId()).contains(id);
            assertThat(session.cost().usd()).isCloseTo(before + price, EXACT);
        }
        try (ClaudeSession resumed =
                ClaudeSession.open(options.toBuilder().resume(id).build())) {
            assertThat(resumed.query("5").totalCostUsd()).isCloseTo(2 * price, EXACT);
            assertThat(resumed.cost().usd()).isCloseTo(price, EXACT);
        }
        try (ClaudeSession fork = ClaudeSession.open(
                options.toBuilder().resume(id).forkSession(true).build())) {
            assertThat(fork.query("6").totalCostUsd()).isGreaterThan(2 * price);
            assertThat(fork.cost().usd()).isCloseTo(price, EXACT);
        }
    }

    @Test
    void aHardLimitOfTokensStopsATurnBetweenItsRequests() throws Exception {
        api.replyWith(request -> Reply.toolUse("Bash", Map.of("command", "true", "description", "d"))
                .usage(1000, 10));
        Budget budget = Budget.hard().tokens(2500).warnAt(0.5).onWarning(warnings::add);
        try (ClaudeSession session =
                ClaudeSession.open(options.toBuilder().budget(budget).build())) {
            assertThatThrownBy(() -> session.query("go on for ever"))
                    .isInstanceOfSatisfying(BudgetExceededException.class, e -> {
                        assertThat(e.limit()).isEqualTo("TOKENS");
                        assertThat(e.used()).isGreaterThanOrEqualTo(2500);
                    });
            assertThatThrownBy(() -> session.query("again")).isInstanceOf(BudgetExceededException.class);
            assertThatThrownBy(() -> session.send("again")).isInstanceOf(BudgetExceededException.class);
            assertThat(session.awaitIdle(Duration.ofSeconds(20))).isTrue();
            assertThat(session.cost().totalTokens()).isGreaterThanOrEqualTo(2500);
        }
        BudgetUse reached = warnings.poll(10, TimeUnit.SECONDS);
        while (reached != null && !reached.reached()) {
            reached = warnings.poll(10, TimeUnit.SECONDS);
        }
        assertThat(reached).isNotNull();
    }

    @Test
    void aHardLimitOfDollarsStopsATurnBetweenItsRequests() {
        api.replyWith(request -> Reply.toolUse("Bash", Map.of("command", "true", "description", "d"))
                .usage(1000, 10));
        Budget budget = Budget.hard().usd(0.01).onWarning(warnings::add);
        try (ClaudeSession session =
                ClaudeSession.open(options.toBuilder().budget(budget).build())) {
            assertThatThrownBy(() -> session.query("go on for ever"))
                    .isInstanceOfSatisfying(BudgetExceededException.class, e -> {
                        assertThat(e.limit()).isEqualTo("USD");
                        assertThat(e.used()).isGreaterThanOrEqualTo(0.01);
                    });
            assertOver(session);
            assertThat(session.cost().usd()).isGreaterThanOrEqualTo(0.01);
        }
    }

    @Test
    void aHardLimitCancelsWhatWaits() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        api.replyWith(request -> {
            asked.countDown();
            OnRealCli.await(sent);
            return Reply.toolUse("Bash", Map.of("command", "true", "description", "d"))
                    .usage(3000, 10);
        });
        Budget budget = Budget.hard().tokens(2500).onWarning(warnings::add);
        try (ClaudeSession session =
                ClaudeSession.open(options.toBuilder().budget(budget).build())) {
            CompletableFuture<ResultMessage> query = OnRealCli.async(() -> session.query("go on for ever"));
            OnRealCli.await(asked);
            List<SentPrompt> waiting = List.of(
                    session.send(Prompt.of("queued 1"), SendPriority.LATER),
                    session.send(Prompt.of("queued 2"), SendPriority.LATER));
            sent.countDown();
            assertThatThrownBy(() -> query.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(BudgetExceededException.class);
            for (SentPrompt prompt : waiting) {
                assertThat(prompt.ended().toCompletableFuture().get(20, TimeUnit.SECONDS))
                        .isEqualTo(LifecycleState.CANCELLED);
            }
            assertOver(session);
            assertThat(api.requests())
                    .noneMatch(request -> request.messages().toString().contains("queued"));
        }
    }

    /** Nothing more is spent, and all else can still be asked. */
    private void assertOver(ClaudeSession session) {
        assertThat(session.awaitIdle(Duration.ofSeconds(20))).isTrue();
        int before = api.requests().size();
        assertThatThrownBy(() -> session.query("again")).isInstanceOf(BudgetExceededException.class);
        assertThatThrownBy(() -> session.send("again")).isInstanceOf(BudgetExceededException.class);
        assertThat(session.controls().usage().session().totalCostUsd())
                .isCloseTo(session.cost().usd(), EXACT);
        assertThat(session.health()).isEqualTo(new Health.Healthy());
        assertThat(api.requests()).hasSize(before);
    }

    @Test
    void theTurnThatReachesALimitWithItsEndKeepsItsResult() {
        api.reply(Reply.text("a"), Reply.text("b"));
        Budget budget = Budget.hard().turns(2).onWarning(warnings::add);
        try (ClaudeSession session =
                ClaudeSession.open(options.toBuilder().budget(budget).build())) {
            session.query("1");
            assertThat(session.query("2").text()).isEqualTo("b");
            assertThatThrownBy(() -> session.query("3")).isInstanceOf(BudgetExceededException.class);
        }
    }

    @Test
    void aSoftLimitOfDollarsIsToldAndNoMore() throws Exception {
        api.reply(Reply.text("a"), Reply.text("b"));
        Budget budget = Budget.soft().usd(0.0001).onWarning(warnings::add);
        try (ClaudeSession session =
                ClaudeSession.open(options.toBuilder().budget(budget).build())) {
            session.query("1");
            BudgetUse use = warnings.poll(10, TimeUnit.SECONDS);
            assertThat(use).isNotNull();
            assertThat(use.limit()).isEqualTo(BudgetUse.Limit.USD);
            assertThat(session.query("2").text()).isEqualTo("b");
            assertThat(warnings).isEmpty();
        }
    }

    @Test
    void whatAResumedConversationHasSpentBeforeDoesNotCount() {
        api.reply(Reply.text("a").usage(50_000, 10));
        String id;
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("1");
            id = session.sessionId().orElseThrow();
        }
        api.reply(
                Reply.toolUse("Bash", Map.of("command", "true", "description", "d")),
                Reply.toolUse("Bash", Map.of("command", "true", "description", "d")),
                Reply.text("b"));
        try (ClaudeSession resumed = ClaudeSession.open(options.toBuilder()
                .resume(id)
                .budget(Budget.hard().tokens(20_000))
                .build())) {
            assertThat(resumed.query("2").text()).isEqualTo("b");
        }
    }

    @Test
    void aHardLimitOfTimeInterruptsTheTurn() {
        api.reply(Reply.hang());
        Budget budget = Budget.hard().time(Duration.ofMillis(200));
        try (ClaudeSession session =
                ClaudeSession.open(options.toBuilder().budget(budget).build())) {
            assertThatThrownBy(() -> session.query("1")).isInstanceOf(BudgetExceededException.class);
            assertOver(session);
        }
    }
}
