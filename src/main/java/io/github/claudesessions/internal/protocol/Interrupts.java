package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.internal.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
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
    private final Supplier<@Nullable Turn> current;

    /** The interrupts of no turn that are not answered. */
    private final Map<Object, CompletableFuture<JsonNode>> loose = new ConcurrentHashMap<>();

    Interrupts(
            Connection connection, TurnLimits limits, Duration limit, Sends sends, Supplier<@Nullable Turn> current) {
        this.connection = connection;
        this.limits = limits;
        this.limit = limit;
        this.sends = sends;
        this.current = current;
    }

    /** Interrupts the CLI's work on {@code turn} without waiting, and gives up on a CLI that goes on with it. */
    void stop(Turn turn) {
        CompletableFuture<JsonNode> claim = turn.claimInterrupt(false);
        if (claim == null) {
            return;
        }
        boolean alone = sends.isEmpty();
        if (alone || turn.begun()) {
            first(turn, claim, alone);
        } else {
            limits.interrupted(turn);
            dequeue(turn, claim);
        }
    }

    /** What else is in the queue was sent by somebody who still wants it, so only this prompt is taken out. */
    private void dequeue(Turn turn, CompletableFuture<JsonNode> claim) {
        ObjectNode body = Json.object().put("message_uuid", turn.promptUuid());
        connection.request("cancel_async_message", body, limit).whenComplete((answer, failure) -> {
            if (failure == null && answer.path("cancelled").asBoolean()) {
                ObjectNode receipt = Json.object();
                receipt.putArray("cancelled").add(turn.promptUuid());
                claim.complete(receipt);
            } else {
                send(claim, failure != null && !turn.begun()); // it has begun, or the CLI can't do that
            }
        });
    }

    /**
     * Interrupts whatever goes on and empties the queue, without waiting, also if {@code turn} is interrupted already; its
     * reader gets {@code cause}.
     */
    void stopAll(@Nullable Turn turn, Supplier<? extends ClaudeException> cause) {
        if (turn == null) {
            loose(() -> send(true));
            return;
        }
        CompletableFuture<JsonNode> claim = turn.claimInterrupt(false);
        turn.failReader(cause); // who gives the turn up for that would leave the queue as it is, and comes too late
        if (claim != null) {
            first(turn, claim, true);
        } else if (turn.wasSent() || turn.begun()) {
            receipt(turn, true);
        } else {
            loose(() -> send(true));
        }
    }

    /** Stops what goes on, {@code turn} if there is one, and returns the CLI's receipt. */
    JsonNode interrupt(@Nullable Turn turn, boolean cancelQueued) {
        CompletableFuture<JsonNode> receipt = turn == null ? ofNoTurn(null, cancelQueued) : receipt(turn, cancelQueued);
        return Waiting.await("the answer to interrupt", receipt);
    }

    /** Waits for the interrupts that would hit the turn that is current now, once its prompt is written. */
    void awaitLoose() {
        CompletableFuture<?>[] all = loose.values().stream()
                .map(answer -> answer.handle((receipt, failure) -> receipt))
                .toArray(CompletableFuture<?>[]::new);
        Waiting.await("the answer to an interrupt of what was before", CompletableFuture.allOf(all));
    }

    private CompletableFuture<JsonNode> receipt(Turn turn, boolean cancelQueued) {
        CompletableFuture<JsonNode> claim = turn.claimInterrupt(false);
        if (claim != null) {
            return first(turn, claim, cancelQueued);
        }
        if (turn.ended()) {
            return ofNoTurn(turn, cancelQueued);
        }
        // somebody else's may leave what waits in the queue
        CompletableFuture<JsonNode> further = cancelQueued && !sends.isEmpty() ? turn.claimInterrupt(true) : null;
        if (further != null) {
            return send(further, cancelQueued);
        }
        CompletableFuture<JsonNode> others = turn.interrupt();
        return others == null ? CompletableFuture.completedFuture(Json.object()) : others;
    }

    /** Interrupts what goes on after {@code before}, unless that is the next turn, which came later than the call. */
    private CompletableFuture<JsonNode> ofNoTurn(@Nullable Turn before, boolean cancelQueued) {
        return loose(() -> {
            Turn now = current.get();
            return now == null || now == before ? send(cancelQueued) : CompletableFuture.completedFuture(Json.object());
        });
    }

    /** It is known before it looks for the next turn, which looks for it once it is current: one sees the other. */
    private CompletableFuture<JsonNode> loose(Supplier<CompletableFuture<JsonNode>> send) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        Object key = new Object();
        loose.put(key, answer);
        answer.whenComplete((receipt, failure) -> loose.remove(key));
        try {
            pass(send.get(), answer);
        } catch (RuntimeException | Error e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private CompletableFuture<JsonNode> send(boolean cancelQueued) {
        return connection.request("interrupt", Json.object().put("cancel_queued", cancelQueued), limit);
    }

    private CompletableFuture<JsonNode> first(Turn turn, CompletableFuture<JsonNode> claim, boolean cancelQueued) {
        limits.interrupted(turn);
        return send(claim, cancelQueued);
    }

    private CompletableFuture<JsonNode> send(CompletableFuture<JsonNode> claim, boolean cancelQueued) {
        return pass(send(cancelQueued), claim);
    }

    private static CompletableFuture<JsonNode> pass(
            CompletableFuture<JsonNode> from, CompletableFuture<JsonNode> claim) {
        return from.whenComplete((receipt, failure) -> {
            if (failure == null) {
                claim.complete(receipt);
            } else {
                claim.completeExceptionally(failure);
            }
        });
    }
}
