package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Health;
import io.github.claudesessions.control.Budget;
import io.github.claudesessions.error.BudgetExceededException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.error.TurnFailedException.Reason;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.Reply;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is counted when the CLI is killed and its conversation goes on in another process. */
@Timeout(60)
@Tag("unix")
class CostAfterDeathTest extends OnRealCli {
    private static final Offset<Double> EXACT = within(1e-9);

    private final Reply reply = Reply.text("a").usage(100_000, 1000);

    private ClaudeOptions.Builder withBash() {
        return builder().allowedTools("Bash");
    }

    /** Kills the CLI of a session when it has ended one turn and, if wanted, has made one request of the next. */
    private String killed(ClaudeOptions options, boolean inTurn) {
        api.reply(reply);
        try (ClaudeSession session = ClaudeSession.open(options)) {
            double price = session.query("1").costUsd();
            if (inTurn) {
                api.reply(bash("echo x; sleep 62").usage(100_000, 1000));
                session.send("2");
                Eventually.within(
                        SOON,
                        () -> Processes.describe(api),
                        () -> Processes.describe(api).contains("sleep 62"));
                // the CLI has counted the request that the ledger gets to know with the result only
                assertThat(session.controls().usage().session().totalCostUsd()).isCloseTo(2 * price, EXACT);
            }
            assertThat(ProcessHandle.of(session.pid()).orElseThrow().destroyForcibly())
                    .isTrue();
            Eventually.within(SOON, session::toString, () -> session.health() instanceof Health.Unhealthy);
            assertThat(session.cost().usd()).isCloseTo(price, EXACT).isPositive();
            assertThat(session.cost().turns()).isEqualTo(1);
            return session.sessionId().orElseThrow();
        }
    }

    @Test
    void theLedgerOfTheNextSessionHasWhatIsSpentInItAndNoMore() {
        String id = killed(withBash().build(), true);
        api.reply(reply, reply);
        try (ClaudeSession resumed = ClaudeSession.open(withBash().resume(id).build())) {
            assertThat(resumed.cost().usd()).isZero();
            ResultMessage first = resumed.query("3");
            assertThat(first.costUsd()).isPositive();
            assertThat(resumed.cost().usd()).isCloseTo(first.costUsd(), EXACT);
            assertThat(resumed.cost().inputTokens()).isEqualTo(100_000);
            ResultMessage second = resumed.query("4");
            assertThat(resumed.cost().usd()).isCloseTo(first.costUsd() + second.costUsd(), EXACT);
            assertThat(resumed.cost().turns()).isEqualTo(2);
        }
    }

    @Test
    void theBudgetOfTheNextSessionBeginsAnew() {
        ClaudeOptions limited = withBash().budget(Budget.hard().turns(2)).build();
        String id = killed(limited, false);
        api.reply(reply, reply);
        try (ClaudeSession resumed =
                ClaudeSession.open(limited.toBuilder().resume(id).build())) {
            resumed.query("2");
            resumed.query("3");
            assertThat(catchThrowableOfType(BudgetExceededException.class, () -> resumed.query("4"))
                            .limit())
                    .isEqualTo("TURNS");
            assertThat(resumed.cost().totalTokens()).isEqualTo(202_000);
        }
    }

    @Test
    void whatAnEarlierProcessHasSavedDoesNotCountForTheLimitOfTheCli() {
        ClaudeOptions limited = builder().maxBudgetUsd(0.5).build();
        api.reply(reply, reply, reply);
        String id;
        try (ClaudeSession session = ClaudeSession.open(limited)) {
            assertThat(session.query("1").costUsd()).isBetween(0.3, 0.5);
            id = session.sessionId().orElseThrow();
        }
        try (ClaudeSession resumed =
                ClaudeSession.open(limited.toBuilder().resume(id).build())) {
            assertThat(resumed.query("2").totalCostUsd()).isGreaterThan(0.5);
            assertThat(catchThrowableOfType(TurnFailedException.class, () -> resumed.query("3"))
                            .reason())
                    .isEqualTo(Reason.MAX_BUDGET);
        }
    }
}
