package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import java.util.function.Consumer;

/** One turn, read by one thread at a time. */
public final class TurnSource {
    private final SessionCore core;
    private final Turn turn;
    private volatile boolean read;

    private TurnSource(SessionCore core, Turn turn) {
        this.core = core;
        this.turn = turn;
    }

    /** Waits for the turns before, then sends a prompt with this {@code content}. */
    public static TurnSource begin(SessionCore core, JsonNode content, Delivery delivery) {
        return new TurnSource(core, core.begin(content, delivery));
    }

    /**
     * Hands the next message to {@code action}, and returns false after the result. An interrupt of the thread
     * interrupts the turn.
     */
    public boolean next(Consumer<? super Message> action) {
        Message message;
        try {
            message = turn.take();
        } catch (InterruptedException e) {
            core.abandon(turn);
            throw Waiting.interrupted("a message", e);
        }
        if (message == null) {
            return false;
        }
        read = message instanceof ResultMessage;
        Callbacks.runFor(core, () -> action.accept(message));
        return true;
    }

    /** Whether the reader has got the last message. */
    public boolean read() {
        return read;
    }

    /** Nobody reads on; a turn that has not ended is interrupted. */
    public void close() {
        core.abandon(turn);
    }
}
