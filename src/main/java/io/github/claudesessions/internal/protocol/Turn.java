package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.MissingResultException;
import io.github.claudesessions.error.OversizeLineException;
import io.github.claudesessions.error.PromptCancelledException;
import io.github.claudesessions.error.StallSnapshot;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.flight.Flight;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.CommandLifecycle;
import io.github.claudesessions.message.LifecycleState;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.OversizeMessage;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.StreamEvent;
import io.github.claudesessions.message.ToolUseBlock;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One prompt and what the CLI answers to it.
 *
 * <pre>
 *   written ── command_lifecycle started ──► begun ── result that names the prompt ──► ended
 *      │                                       └───── idle, and no such result ──────► ended, failed
 *      └────── cancelled, discarded, refused ────────────────────────────────────────► ended, failed
 * </pre>
 *
 * The methods under "pump" run on the pump thread, those under "reader" on the thread that reads the stream; the rest
 * runs anywhere.
 */
final class Turn {
    private final String promptUuid;
    private final Thread owner = Thread.currentThread();
    private final Inbox inbox;
    private final Delivery delivery;
    private final int maxLineBytes;
    private final Timer timer;
    private final Flight.TurnSpan span = Flight.turn();
    private volatile long sentAt;

    // the pump's
    private volatile boolean begun;
    private volatile long begunAt;
    private volatile boolean answered;
    private boolean lifecycleSeen;
    private @Nullable OversizeMessage oversize;

    private volatile @Nullable ResultMessage result;
    private volatile boolean toolStarted;
    private volatile boolean ended;
    private volatile boolean abandoned;
    private volatile @Nullable StallSnapshot stall;

    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private boolean sent;

    @GuardedBy("lock")
    private boolean over;

    /** The answer to the latest interrupt of this turn, null if there is none. */
    @GuardedBy("lock")
    private @Nullable CompletableFuture<JsonNode> interrupt;

    /** Completes when all interrupts of this turn are answered. */
    @GuardedBy("lock")
    private CompletableFuture<?> answers = CompletableFuture.completedFuture(null);

    @GuardedBy("lock")
    private final Map<Limit, Timer.Alarm> alarms = new EnumMap<>(Limit.class);

    /** What ends a turn that takes too long; each has one alarm at a time. */
    enum Limit {
        WHOLE,
        FIRST_BYTE,
        SILENCE,
        INTERRUPT
    }

    Turn(String promptUuid, Flow flow, Delivery delivery, int maxLineBytes, Timer timer) {
        this.promptUuid = promptUuid;
        this.inbox = new Inbox(flow);
        this.delivery = delivery;
        this.maxLineBytes = maxLineBytes;
        this.timer = timer;
    }

    String promptUuid() {
        return promptUuid;
    }

    /** Whether the calling thread started this turn. */
    boolean isMine() {
        return owner == Thread.currentThread();
    }

    /** Whether the prompt may have reached the CLI. */
    boolean wasSent() {
        lock.lock();
        try {
            return sent;
        } finally {
            lock.unlock();
        }
    }

    Delivery delivery() {
        return delivery;
    }

    /** Whether the model has called a tool, which may have done something. */
    boolean toolStarted() {
        return toolStarted;
    }

    /** Whether the CLI has taken the prompt out of its queue. */
    boolean begun() {
        return begun;
    }

    /** When the prompt was on its way, by the timer. */
    long sentAt() {
        return sentAt;
    }

    /** When {@link #begun()} became true, by the timer. */
    long begunAt() {
        return begunAt;
    }

    /** Whether the model has said anything. */
    boolean answered() {
        return answered;
    }

    /** The limit ran out that ended the reading. */
    void stalled(StallSnapshot snapshot) {
        stall = snapshot;
    }

    @Nullable
    StallSnapshot stall() {
        return stall;
    }

    boolean ended() {
        return ended;
    }

    boolean abandoned() {
        return abandoned;
    }

    /** The prompt is on its way: an interrupt that is written from now on comes after it. */
    void sent() {
        sentAt = timer.nanoTime();
        lock.lock();
        try {
            sent = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whoever asks first, after the prompt was written and before the turn is over, sends the interrupt, and completes
     * the future with its answer; everybody else gets null.
     *
     * @param again whether others may have asked before
     */
    @Nullable
    CompletableFuture<JsonNode> claimInterrupt(boolean again) {
        lock.lock();
        try {
            if (!(sent || begun) || over || ended || (interrupt != null && !again)) {
                return null;
            }
            CompletableFuture<JsonNode> claimed = new CompletableFuture<>();
            interrupt = claimed;
            answers = CompletableFuture.allOf(answers, claimed);
            return claimed;
        } finally {
            lock.unlock();
        }
    }

    /** The answer to the latest interrupt, which may still be on its way; null if there is none. */
    @Nullable
    CompletableFuture<JsonNode> interrupt() {
        lock.lock();
        try {
            return interrupt;
        } finally {
            lock.unlock();
        }
    }

    /** Ends all alarms. The result completes when no interrupt is on its way that would hit the next turn. */
    CompletableFuture<?> settle() {
        lock.lock();
        try {
            over = true;
            alarms.values().forEach(Timer.Alarm::cancel);
            alarms.clear();
            return answers;
        } finally {
            lock.unlock();
        }
    }

    /** Before the reader learns of it: whoever closes a stream at its last message must find the turn ended. */
    private void end() {
        ended = true;
    }

    /** Nobody reads on. */
    void abandon() {
        abandoned = true;
        inbox.fail(() -> new IllegalStateException(
                "the rest of this turn was given up: its stream was closed, or its thread started another turn"));
        inbox.discard();
    }

    /** Ends the reading with {@code cause}; the CLI may still be at work on the turn. */
    void failReader(Supplier<? extends ClaudeException> cause) {
        inbox.fail(cause);
    }

    /** Ends the turn with {@code cause}, after what the reader has not read yet. */
    void disconnected(Supplier<? extends ClaudeException> cause) {
        end();
        inbox.fail(cause);
    }

    /** It is over. */
    void record(@Nullable String sessionId) {
        span.end(sessionId, result);
        result = null;
    }

    /** Keeps {@code alarm}, in place of one of the same kind that has rung, until the turn is over. */
    void alarm(Limit kind, Timer.Alarm alarm) {
        lock.lock();
        try {
            if (over) {
                alarm.cancel();
            } else {
                alarms.put(kind, alarm);
            }
        } finally {
            lock.unlock();
        }
    }

    // ---- pump

    /** Takes {@code message} if it belongs to this turn; returns true if the turn has ended with it. */
    boolean accept(Message message, int bytes) {
        return switch (message) {
            case AssistantMessage answer -> {
                toolStarted |= answer.content().stream().anyMatch(ToolUseBlock.class::isInstance);
                yield deliver(answer, bytes);
            }
            case CommandLifecycle step ->
                step.commandUuid().equals(promptUuid) ? lifecycle(step, bytes) : deliver(step, bytes);
            case ResultMessage result -> endsWith(result, bytes);
            case OversizeMessage skipped -> {
                oversize = skipped;
                yield deliver(skipped, bytes);
            }
            default -> deliver(message, bytes);
        };
    }

    /** The CLI is idle; returns true if the turn has ended with that. */
    boolean idle() {
        if (!begun) {
            return false; // the idle of the turn before
        }
        OversizeMessage skipped = oversize;
        return endFailing(() -> skipped == null
                ? new MissingResultException("the CLI became idle without a result for the prompt")
                : new OversizeLineException(
                        "the result did not fit into maxLineBytes (a line of %d bytes was skipped)"
                                .formatted(skipped.bytes()),
                        skipped.bytes(),
                        maxLineBytes));
    }

    void handOver() {
        inbox.handOver();
    }

    void awaitRoom() {
        inbox.awaitRoom();
    }

    private boolean lifecycle(CommandLifecycle step, int bytes) {
        lifecycleSeen = true;
        LifecycleState state = step.state();
        if (state.equals(LifecycleState.STARTED)) {
            begunAt = timer.nanoTime();
            begun = true;
        }
        boolean dropped = state.equals(LifecycleState.CANCELLED)
                || state.equals(LifecycleState.DISCARDED)
                || state.equals(LifecycleState.REFUSED)
                || state.equals(LifecycleState.COMPLETED);
        if (!begun && dropped) {
            return endFailing(() -> new PromptCancelledException(
                    "the prompt was %s before it became a turn".formatted(state), promptUuid, state.value()));
        }
        return deliver(step, bytes);
    }

    /** A result with an origin is a background task's; one that names no prompt is ours only on an older CLI. */
    private boolean endsWith(ResultMessage result, int bytes) {
        boolean named = result.userMessageUuids().contains(promptUuid) || promptUuid.equals(result.userMessageUuid());
        boolean anonymous = result.userMessageUuids().isEmpty()
                && result.userMessageUuid() == null
                && result.origin() == null
                && !lifecycleSeen
                && !isOfNoPrompt(result);
        if (!named && !anonymous) {
            return false;
        }
        this.result = result;
        end();
        inbox.stage(result, bytes);
        inbox.handOver();
        inbox.complete();
        return true;
    }

    /** The CLI ends what it does by itself, such as a change of its folder, with a result in which nothing was done. */
    private static boolean isOfNoPrompt(ResultMessage result) {
        return !result.isError() && result.numTurns() == 0 && result.text().isEmpty();
    }

    private boolean deliver(Message message, int bytes) {
        if (begun && !answered) {
            answered = isOfTheModel(message);
        }
        if (begun && !ended && (delivery == Delivery.PARTIAL || !(message instanceof StreamEvent))) {
            inbox.stage(message, bytes);
        }
        return false;
    }

    /** What a subagent in the background says is no answer to this prompt. */
    private static boolean isOfTheModel(Message message) {
        return switch (message) {
            case StreamEvent event -> event.parentToolUseId() == null;
            case AssistantMessage answer -> answer.parentToolUseId() == null;
            default -> false;
        };
    }

    private boolean endFailing(Supplier<? extends ClaudeException> cause) {
        end();
        inbox.handOver();
        inbox.fail(cause);
        return true;
    }

    // ---- reader

    /** The next message, or null after the result. Blocks. */
    @Nullable
    Message take() throws InterruptedException {
        return inbox.take();
    }
}
