package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.message.ApiErrorKind;
import io.github.claudesessions.message.ApiRetry;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.StreamEvent;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a session has learned from its messages. Written by the pump thread, read by any. */
public final class Facts {
    private volatile @Nullable String sessionId;
    private volatile byte[] serverInfo = {'{', '}'};
    private volatile @Nullable ApiRetry retry;
    private volatile @Nullable String ended;
    private final RunningTools tools = new RunningTools();

    /** After a turn this is a small one, the state of the session. */
    private volatile @Nullable Message lastMessage;

    private volatile long lastArrival;
    private volatile long lastTurn = Long.MIN_VALUE;
    private volatile Function<InitMessage, ConnectionEnd.@Nullable Failed> guard = init -> null;

    private final Supplier<@Nullable String> name;

    /** @param name the name that a supervisor knows the conversation by, or null; a spare process gets it later */
    Facts(@Nullable String sessionId, Supplier<@Nullable String> name) {
        this.sessionId = sessionId;
        this.name = name;
    }

    @Nullable
    String name() {
        return name.get();
    }

    void note(Message message, long now) {
        lastArrival = now;
        lastMessage = message;
        tools.note(message, now);
        switch (message) {
            // after /clear the next init has the new id; new_conversation_id of conversation_reset is another one
            case InitMessage init -> sessionId = init.sessionId();
            case ApiRetry attempt -> retry = attempt;
            case AssistantMessage answer -> retry = null;
            case StreamEvent event -> {
                if (retry != null) {
                    retry = null;
                }
            }
            case ResultMessage result -> retry = null;
            default -> {}
        }
    }

    /** Has {@code guard} look at what each turn begins with, on the pump thread; its answer ends the session. */
    public void guard(Function<InitMessage, ConnectionEnd.@Nullable Failed> guard) {
        this.guard = guard;
    }

    void inspect(Message message, Consumer<ConnectionEnd.Failed> fail) {
        ConnectionEnd.Failed failure = message instanceof InitMessage init ? guard.apply(init) : null;
        if (failure != null) {
            fail.accept(failure);
        }
    }

    void serverInfo(byte[] answer) {
        serverInfo = answer;
    }

    void ended(String reason) {
        ended = reason;
    }

    @Nullable
    Message lastMessage() {
        return lastMessage;
    }

    void turnEnded(long now) {
        lastTurn = now;
    }

    /** When the latest turn has ended, by the timer of the session; before all times if there was none. */
    public long lastTurn() {
        return lastTurn;
    }

    /** When the last message came, by the timer of the session; meaningless before there is one. */
    public long lastArrival() {
        return lastArrival;
    }

    RunningTools tools() {
        return tools;
    }

    /** Whether the CLI is retrying a request that the API will never accept. */
    boolean authenticationFailed() {
        ApiRetry attempt = retry;
        return attempt != null && attempt.error().equals(ApiErrorKind.AUTHENTICATION_FAILED);
    }

    /** The current id of the conversation, or null if only the CLI knows it. */
    public @Nullable String sessionId() {
        return sessionId;
    }

    /** The CLI's answer to the handshake, as JSON: thousands of idle sessions keep one each. */
    public byte[] serverInfo() {
        return serverInfo;
    }

    /** The retry that the CLI is at, or null if its last request was answered. */
    public @Nullable ApiRetry retry() {
        return retry;
    }

    /** Why the session is over, or null. */
    public @Nullable String ended() {
        return ended;
    }
}
