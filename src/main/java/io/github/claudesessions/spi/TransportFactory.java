package io.github.claudesessions.spi;

/** Starts the CLI somewhere. Implementations must be safe for use by several threads. */
@FunctionalInterface
public interface TransportFactory {
    /**
     * Starts one process. It must return as soon as the process runs; the library does the handshake.
     *
     * @throws io.github.claudesessions.error.ClaudeException if the process can't be started
     */
    Transport start(Launch launch);
}
