package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.MissingResultException;
import io.github.claudesessions.error.PromptCancelledException;
import io.github.claudesessions.message.LifecycleState;
import io.github.claudesessions.message.ResultMessage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * A prompt that was sent without waiting for its turn. The pump moves it on; what hangs on its stages runs elsewhere.
 *
 * <pre>
 *   queued ──► started ──► result that names it ──► completed | cancelled
 *      └─────► cancelled | discarded | refused, without a result
 * </pre>
 */
public final class Sent {
    private static final Executor ELSEWHERE = Thread::startVirtualThread;

    private final String uuid;
    private volatile LifecycleState state = LifecycleState.QUEUED;
    private boolean lifecycleSeen;
    private final CompletableFuture<LifecycleState> started = new CompletableFuture<>();
    private final CompletableFuture<LifecycleState> ended = new CompletableFuture<>();
    private final CompletableFuture<ResultMessage> result = new CompletableFuture<>();

    Sent(String uuid) {
        this.uuid = uuid;
    }

    public String uuid() {
        return uuid;
    }

    public LifecycleState state() {
        return state;
    }

    /** Has {@code started}, or the end of a prompt that never started. */
    public CompletionStage<LifecycleState> started() {
        return started.thenApplyAsync(value -> value, ELSEWHERE);
    }

    public CompletionStage<LifecycleState> ended() {
        return ended.thenApplyAsync(value -> value, ELSEWHERE);
    }

    public CompletionStage<ResultMessage> result() {
        return result.thenApplyAsync(value -> value, ELSEWHERE);
    }

    CompletableFuture<LifecycleState> over() {
        return ended;
    }

    /** Pump: returns true if it has ended. */
    boolean lifecycle(LifecycleState now) {
        lifecycleSeen = true;
        state = now;
        if (now.equals(LifecycleState.STARTED)) {
            started.complete(now);
        }
        boolean over = now.equals(LifecycleState.COMPLETED)
                || now.equals(LifecycleState.CANCELLED)
                || now.equals(LifecycleState.DISCARDED)
                || now.equals(LifecycleState.REFUSED);
        if (over) {
            result.completeExceptionally(
                    now.equals(LifecycleState.COMPLETED)
                            ? new MissingResultException("the prompt was completed without a result")
                            : new PromptCancelledException("the prompt was " + now, uuid, now.value()));
            started.complete(now);
            ended.complete(now);
        }
        return over;
    }

    /** Pump: returns true if it has ended, which a CLI that tells of no lifecycle says with the result alone. */
    boolean answered(ResultMessage answer) {
        result.complete(answer);
        return !lifecycleSeen && lifecycle(LifecycleState.COMPLETED);
    }

    void lost(Supplier<? extends ClaudeException> cause) {
        result.completeExceptionally(cause.get());
        started.completeExceptionally(cause.get());
        ended.completeExceptionally(cause.get());
    }
}
