package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.control.Cost;
import io.github.claudesessions.message.ResultMessage;

/** What a session has spent, by its results. The pump adds, any thread asks. */
final class CostLedger {
    private volatile Cost cost = Cost.NONE;

    Cost cost() {
        return cost;
    }

    /** Pump: each result, whoever asked for it, has what was spent since the one before. */
    void note(ResultMessage result) {
        boolean asked = result.origin() == null;
        cost = cost.plus(new Cost(asked ? 1 : 0, asked ? 0 : 1, result.numTurns(), result.modelUsageSinceLastResult()));
    }
}
