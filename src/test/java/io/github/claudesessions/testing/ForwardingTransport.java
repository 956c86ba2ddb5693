package io.github.claudesessions.testing;

import io.github.claudesessions.spi.Exit;
import io.github.claudesessions.spi.Transport;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** A process that is another one, but for what is overridden. */
public interface ForwardingTransport extends Transport {
    /** The other one. */
    Transport other();

    @Override
    default InputStream stdout() {
        return other().stdout();
    }

    @Override
    default OutputStream stdin() {
        return other().stdin();
    }

    @Override
    default CompletableFuture<Exit> onExit() {
        return other().onExit();
    }

    @Override
    default void prepareClose() {
        other().prepareClose();
    }

    @Override
    default void terminate() {
        other().terminate();
    }

    @Override
    default void kill() {
        other().kill();
    }

    @Override
    default void release() {
        other().release();
    }

    @Override
    default long pid() {
        return other().pid();
    }

    @Override
    default String stderrTail() {
        return other().stderrTail();
    }
}
