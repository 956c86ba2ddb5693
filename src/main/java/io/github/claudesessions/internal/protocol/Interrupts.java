package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.internal.json.Json;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Stops turns. An interrupt has no target in the protocol, so that a second one for a turn could hit the next turn. */
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
        CompletableFuture<Void> claim = turn.claimInterrupt();
        if (claim != null) {
            // a prompt that has not begun is in the queue; what else is there was sent by somebody who still wants it
            send(turn, claim, !turn.begun() || sends.isEmpty());
        }
    }

    /** Stops what goes on, {@code turn} if there is one, and returns the CLI's receipt. */
    JsonNode interrupt(@Nullable Turn turn, boolean cancelQueued) {
        CompletableFuture<Void> claim = turn == null ? null : turn.claimInterrupt();
        if (turn != null && claim == null && !turn.ended()) {
            return Json.object(); // it is being interrupted already
        }
        return Waiting.await("the answer to interrupt", send(turn, claim, cancelQueued));
    }

    /** @param claim completes when the interrupt of {@code turn} is answered; both are null if it is for no turn */
    CompletableFuture<JsonNode> send(
            @Nullable Turn turn, @Nullable CompletableFuture<Void> claim, boolean cancelQueued) {
        CompletableFuture<JsonNode> receipt =
                connection.request("interrupt", Json.object().put("cancel_queued", cancelQueued), limit);
        if (turn != null && claim != null) {
            receipt.whenComplete((answer, failure) -> claim.complete(null));
            limits.interrupted(turn);
        }
        return receipt;
    }
}
