package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.control.Budget;
import io.github.claudesessions.control.Cost;
import io.github.claudesessions.control.Task;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.CommandLifecycle;
import io.github.claudesessions.message.LifecycleState;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.SessionState;
import io.github.claudesessions.message.SessionStateChanged;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a session keeps account of beside its turns: tasks, sent prompts, cost, and whether it is idle. The pump tells
 * each message twice, before and after it is delivered.
 */
public final class Ledgers {
    /** What the accounts need of the session. */
    interface Session {
        boolean hasTurn();

        /** Interrupts the turn that is under way, whose reader gets {@code cause}, and whatever else goes on. */
        void stop(Supplier<? extends ClaudeException> cause);

        CompletableFuture<JsonNode> request(String subtype, ObjectNode body);
    }

    private final Session session;
    private final TaskLedger tasks = new TaskLedger(InstantSource.system());
    private final CostLedger costs = new CostLedger();
    private final Sends sends = new Sends();
    private final IdleWatch idle;
    private final @Nullable BudgetGuard guard;
    private volatile @Nullable Supplier<? extends ClaudeException> over;

    Ledgers(Session session, SessionSettings settings) {
        this.session = session;
        this.idle = new IdleWatch(
                settings.timer(), () -> !session.hasTurn() && sends.isEmpty() && tasks.noneInBackground());
        Budget budget = settings.budget();
        this.guard = budget == null
                ? null
                : new BudgetGuard(budget, settings.continuity(), settings.timer(), this::askUsage, this::stopForBudget);
    }

    private CompletableFuture<JsonNode> askUsage() {
        return session.request("get_usage", Json.object().put("skip_behaviors", true));
    }

    private void stopForBudget() {
        BudgetGuard exceeded = guard;
        if (exceeded != null && !idle.idle()) {
            session.stop(exceeded::exception);
        }
    }

    // ---- any thread

    /** Tasks in the order of their first messages; of those that have ended only the latest. */
    public List<Task> tasks() {
        return tasks.all();
    }

    public Cost cost() {
        return costs.cost();
    }

    public boolean idle() {
        return idle.idle();
    }

    /** Has {@code action} run whenever the session may have become idle. It must not wait. */
    public void whenIdle(Runnable action) {
        idle.whenIdle(action);
    }

    /** Waits until the session is idle; false if it is not within {@code limit}. Fails when the session is over. */
    public boolean awaitIdle(Duration limit) {
        boolean settled = idle.await(limit);
        Supplier<? extends ClaudeException> cause = over;
        if (cause != null) {
            throw cause.get();
        }
        return settled;
    }

    Sends sends() {
        return sends;
    }

    /** Fails if the budget allows no further turn. */
    void checkBudget() {
        if (guard != null) {
            guard.check();
        }
    }

    void open() {
        if (guard != null) {
            guard.open();
        }
    }

    /** The session may be idle, and nobody may be waiting for its turn, only now. */
    void changed() {
        idle.changed();
    }

    // ---- pump

    void note(Message message) {
        tasks.note(message);
        idle.note(message);
        if (message instanceof ResultMessage result) {
            costs.note(result);
        }
        if (guard != null) {
            guard.note(message);
        }
    }

    /** After delivery: what waits for the end of this turn may go on. */
    void delivered(Message message) {
        sends.note(message);
        if (guard != null && message instanceof ResultMessage result) {
            guard.settle(result, costs.cost());
        } else if (guard != null && guard.exceeded() && begins(message)) {
            stopForBudget();
        }
        idle.changed();
    }

    /** What was written before the budget was used up may become a turn of a CLI that was never idle in between. */
    private static boolean begins(Message message) {
        return switch (message) {
            case SessionStateChanged change -> change.state().equals(SessionState.RUNNING);
            case CommandLifecycle step -> step.state().equals(LifecycleState.STARTED);
            default -> false;
        };
    }

    void end(Supplier<? extends ClaudeException> cause) {
        over = cause;
        sends.end(cause);
        idle.end();
        if (guard != null) {
            guard.end();
        }
    }
}
