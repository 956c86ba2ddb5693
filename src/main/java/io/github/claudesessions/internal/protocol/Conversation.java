package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.control.Cost;
import io.github.claudesessions.error.TurnCutException;
import io.github.claudesessions.message.Message;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A conversation and its CLI process, of which there is at most one at a time. Any thread may call any method. */
public interface Conversation {
    /**
     * What {@code call} returns. The process that it is given is there until it returns: one that is being started is
     * waited for, and one that was given up because nobody used it is started again.
     */
    <T> T with(Function<? super SessionCore, T> call);

    /** Starts a turn. A prompt that was not sent because its process went away goes to the next one. */
    default TurnSource begin(JsonNode content, Delivery delivery) {
        return with(core -> TurnSource.begin(core, content, delivery));
    }

    /** Whether a prompt that was cut off is to be sent again, and can be without anything being done twice. */
    default boolean repeats(TurnCutException cut) {
        return false;
    }

    /** Fails if no further turn may be begun, although it is not over. */
    default void checkOpen() {}

    /** The process that there is now, or was the last; null if there is none. Does not start one. */
    @Nullable
    SessionCore latest();

    /** Adds a listener for the messages of this and of later processes; the result removes it. */
    Runnable onMessage(Consumer<? super Message> listener);

    /** The id of the conversation, or null if only the CLI knows it. */
    @Nullable
    String sessionId();

    /** What all processes of this conversation have spent since it was opened here. */
    Cost cost();

    /** Why it is over, or null. */
    @Nullable
    String over();

    /** Why it has no process although it should have one, or null. */
    @Nullable
    String trouble();

    /** Ends it and waits until its process is gone; bounded. */
    void close();

    /** Ends it without waiting for the process. */
    void closeLater();

    /** Completes when it is over and nothing of it is left. */
    CompletableFuture<Void> released();
}
