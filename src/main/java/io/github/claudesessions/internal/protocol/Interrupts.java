package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.internal.json.Json;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stops turns. An interrupt has no target in the protocol, so that a second one for a turn could hit the next turn: it is
 * sent only if it has more to stop, and the next turn waits for its answer too.
 */
final class Interrupts {
    private final Connection connection;
    private final TurnLimits limits;
    private final Duration limit;
    private final Sends sends;

    Interrupts(Connection connection, TurnLimits limits, Duration limit, Sends sends) {
        this.connection = connection;
        this.limits = limits;
        this.limit = limit;
        this.sends = sends;
    }

    /** Interrupts the CLI's work on {@code turn} without waiting, and gives up on a CLI that goes on with it. */
    void stop(Turn turn) {
        CompletableFuture<JsonNode> claim = turn.claimInterrupt(false);
        if (claim != null) {
            // a prompt that has not begun is in the queue; what else is there was sent by somebody who still wants it
            first(turn, claim, !turn.begun() || sends.isEmpty());
        }
    }

    /** Interrupts what goes on without a turn, without waiting. */
    CompletableFuture<JsonNode> send(boolean cancelQueued) {
        return connection.request("interrupt", Json.object().put("cancel_queued", cancelQueued), limit);
    }

    /** Stops what goes on, {@code turn} if there is one, and returns the CLI's receipt. */
    JsonNode interrupt(@Nullable Turn turn, boolean cancelQueued) {
        CompletableFuture<JsonNode> receipt = turn == null ? send(cancelQueued) : receipt(turn, cancelQueued);
        return Waiting.await("the answer to interrupt", receipt);
    }

    private CompletableFuture<JsonNode> receipt(Turn turn, boolean cancelQueued) {
        CompletableFuture<JsonNode> claim = turn.claimInterrupt(false);
        if (claim != null) {
            return first(turn, claim, cancelQueued);
        }
        if (turn.ended()) {
            return send(cancelQueued);
        }
        // somebody else's may leave what waits in the queue
        CompletableFuture<JsonNode> further = cancelQueued && !sends.isEmpty() ? turn.claimInterrupt(true) : null;
        if (further != null) {
            return send(further, cancelQueued);
        }
        CompletableFuture<JsonNode> others = turn.interrupt();
        return others == null ? CompletableFuture.completedFuture(Json.object()) : others;
    }

    private CompletableFuture<JsonNode> first(Turn turn, CompletableFuture<JsonNode> claim, boolean cancelQueued) {
        limits.interrupted(turn);
        return send(claim, cancelQueued);
    }

    private CompletableFuture<JsonNode> send(CompletableFuture<JsonNode> claim, boolean cancelQueued) {
        return send(cancelQueued).whenComplete((receipt, failure) -> {
            if (failure == null) {
                claim.complete(receipt);
            } else {
                claim.completeExceptionally(failure);
            }
        });
    }
}
