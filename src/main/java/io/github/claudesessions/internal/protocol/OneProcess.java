package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.control.Cost;
import io.github.claudesessions.message.Message;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A conversation that is over when its process is. */
public record OneProcess(SessionCore core) implements Conversation {
    @Override
    public <T> T with(Function<? super SessionCore, T> call) {
        return call.apply(core);
    }

    @Override
    public SessionCore latest() {
        return core;
    }

    @Override
    public Runnable onMessage(Consumer<? super Message> listener) {
        return core.onMessage(listener);
    }

    @Override
    public @Nullable String sessionId() {
        return core.facts().sessionId();
    }

    @Override
    public Cost cost() {
        return core.ledgers().cost();
    }

    @Override
    public @Nullable String over() {
        return core.facts().ended();
    }

    @Override
    public @Nullable String trouble() {
        return null;
    }

    @Override
    public void close() {
        core.close();
    }

    @Override
    public void closeLater() {
        core.closeLater();
    }

    @Override
    public CompletableFuture<Void> released() {
        return core.released();
    }
}
