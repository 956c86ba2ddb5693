package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.control.Budget;
import io.github.claudesessions.control.BudgetUse;
import io.github.claudesessions.control.BudgetUse.Limit;
import io.github.claudesessions.control.Cost;
import io.github.claudesessions.error.BudgetExceededException;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.TaskProgress;
import io.github.claudesessions.message.UserMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what a session spends with its budget. At a result the ledger has the truth; within a turn the CLI is asked
 * for its running total ({@code get_usage}), of which what it was at the last result is taken off. The pump notes; the
 * clock's thread tells the time; warnings run on virtual threads.
 */
final class BudgetGuard {
    private static final Logger log = LoggerFactory.getLogger(BudgetGuard.class);

    /** How far a limit has been told about. */
    private enum Told {
        WARNED,
        REACHED
    }

    private record Total(double usd, long tokens) {
        static final Total NONE = new Total(0, 0);

        Total since(Total base) {
            return new Total(Math.max(0, usd - base.usd), Math.max(0, tokens - base.tokens));
        }
    }

    private final Budget budget;
    private final Cost spentBefore;
    private final Timer timer;
    private final Supplier<CompletableFuture<JsonNode>> askUsage;
    private final Runnable stop;
    private final long opened;

    // the pump's, but an unanswered question ends on another thread
    private volatile Cost cost;
    private volatile Total base = Total.NONE;
    private volatile boolean asking;

    @GuardedBy("this")
    private final Map<Limit, Told> told = new EnumMap<>(Limit.class);

    @GuardedBy("this")
    private final List<Timer.Alarm> alarms = new ArrayList<>();

    @GuardedBy("this")
    private boolean ended;

    private volatile @Nullable BudgetUse exceeded;

    /**
     * @param before what the conversation has spent already, and how old it is: of that no warning is given again
     * @param askUsage asks the CLI for its totals; completes on the pump thread
     * @param stop interrupts what goes on; must not wait
     */
    BudgetGuard(
            Budget budget,
            Continuity before,
            Timer timer,
            Supplier<CompletableFuture<JsonNode>> askUsage,
            Runnable stop) {
        this.budget = budget;
        this.spentBefore = before.spent();
        this.cost = spentBefore;
        this.timer = timer;
        this.askUsage = askUsage;
        this.stop = stop;
        this.opened = timer.nanoTime() - before.age().toNanos();
        uses().forEach(this::noteSilently);
    }

    /** How much of each limit is used, by what is settled. */
    private List<BudgetUse> uses() {
        List<BudgetUse> uses = new ArrayList<>();
        if (budget.maxTurns() != null) {
            uses.add(new BudgetUse(Limit.TURNS, cost.turns() + cost.followUps(), budget.maxTurns()));
        }
        if (budget.maxUsd() != null) {
            uses.add(new BudgetUse(Limit.USD, cost.usd(), budget.maxUsd()));
        }
        if (budget.maxTokens() != null) {
            uses.add(new BudgetUse(Limit.TOKENS, (double) cost.totalTokens(), (double) budget.maxTokens()));
        }
        return uses;
    }

    private synchronized void noteSilently(BudgetUse use) {
        Told level = level(use);
        if (level != null) {
            told.put(use.limit(), level);
        }
        if (level == Told.REACHED && budget.enforced()) {
            exceeded = use;
        }
    }

    private @Nullable Told level(BudgetUse use) {
        return use.reached() ? Told.REACHED : use.used() >= use.allowed() * budget.warnAt() ? Told.WARNED : null;
    }

    /** The session is ready: a resumed one begins with what an earlier process had spent. */
    void open() {
        if (watchesUsage()) {
            askUsage.get().whenComplete((usage, failure) -> {
                if (usage != null && cost == spentBefore) {
                    base = total(usage);
                }
            });
        }
        Duration time = budget.maxTime();
        if (time != null) {
            long age = timer.nanoTime() - opened;
            alarm(Duration.ofNanos(Math.max(0, (long) (time.toNanos() * budget.warnAt()) - age)));
            alarm(Duration.ofNanos(Math.max(0, time.toNanos() - age)));
        }
    }

    private synchronized void alarm(Duration delay) {
        if (!ended) {
            alarms.add(timer.after(delay, this::checkTime));
        }
    }

    /** The session is over: nothing is told or stopped any more, and no alarm holds on to the session. */
    synchronized void end() {
        ended = true;
        alarms.forEach(Timer.Alarm::cancel);
        alarms.clear();
    }

    /** Fails if no turn may be started any more. */
    void check() {
        if (exceeded != null) {
            throw exception();
        }
    }

    /** Whether the session has to stop. */
    boolean exceeded() {
        return exceeded != null;
    }

    /** What a reader gets whose turn is interrupted for the budget. */
    BudgetExceededException exception() {
        BudgetUse use = exceeded;
        if (use == null) {
            throw new IllegalStateException("the budget is not exceeded");
        }
        return new BudgetExceededException(
                "the budget of the session is used up: " + use, use.limit().name(), use.used(), use.allowed());
    }

    /** Pump: before the message is delivered. */
    void note(Message message) {
        if (watchesUsage() && !asking && (message instanceof UserMessage || message instanceof TaskProgress)) {
            asking = true;
            askUsage.get().whenComplete((usage, failure) -> {
                asking = false;
                if (usage != null) {
                    checkUsage(total(usage).since(base));
                }
            });
        }
    }

    /** Pump: after the result is delivered, so that the turn that reaches a limit with its end keeps its result. */
    void settle(ResultMessage result, Cost now) {
        cost = spentBefore.plus(now);
        base = new Total(result.totalCostUsd(), new Cost(0, 0, 0, result.modelUsage()).totalTokens());
        checkUsage(Total.NONE);
        Integer turns = budget.maxTurns();
        if (turns != null) {
            compare(Limit.TURNS, cost.turns() + cost.followUps(), turns);
        }
    }

    private boolean watchesUsage() {
        return budget.maxUsd() != null || budget.maxTokens() != null;
    }

    private void checkUsage(Total unsettled) {
        if (budget.maxUsd() != null) {
            compare(Limit.USD, cost.usd() + unsettled.usd, budget.maxUsd());
        }
        if (budget.maxTokens() != null) {
            compare(Limit.TOKENS, (double) (cost.totalTokens() + unsettled.tokens), (double) budget.maxTokens());
        }
    }

    private void checkTime() {
        Duration time = budget.maxTime();
        if (time != null) {
            compare(Limit.TIME, (timer.nanoTime() - opened) / 1e9, time.toNanos() / 1e9);
        }
    }

    private void compare(Limit limit, double used, double allowed) {
        BudgetUse use = new BudgetUse(limit, used, allowed);
        Told level = level(use);
        if (level == null || !advance(limit, level)) {
            return;
        }
        warn(use);
        if (level == Told.REACHED && budget.enforced()) {
            exceeded = use;
            stop.run();
        }
    }

    /** Whether this is news, of a session that still is. */
    private synchronized boolean advance(Limit limit, Told level) {
        Told before = told.get(limit);
        if (ended || (before != null && before.compareTo(level) >= 0)) {
            return false;
        }
        told.put(limit, level);
        return true;
    }

    private void warn(BudgetUse use) {
        Consumer<? super BudgetUse> listener = budget.warning();
        if (listener == null) {
            log.warn("Of the budget of a session is used: {}", use);
            return;
        }
        Thread.ofVirtual().name("claude-sessions-budget").start(() -> {
            try {
                listener.accept(use);
            } catch (RuntimeException | Error e) {
                log.warn("A budget listener failed", e);
            }
        });
    }

    private static Total total(JsonNode usage) {
        JsonNode session = usage.path("session");
        long tokens = 0;
        for (JsonNode model : session.path("model_usage")) {
            tokens += model.path("inputTokens").asLong()
                    + model.path("outputTokens").asLong()
                    + model.path("cacheReadInputTokens").asLong()
                    + model.path("cacheCreationInputTokens").asLong();
        }
        return new Total(session.path("total_cost_usd").asDouble(), tokens);
    }
}
