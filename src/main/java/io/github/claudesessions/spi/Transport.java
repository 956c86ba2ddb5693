package io.github.claudesessions.spi;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * One running CLI process, wherever it runs. The library reads {@link #stdout()} on one thread of its own, writes to
 * {@link #stdin()} on another, and ends the process by {@link #prepareClose()}, closing {@code stdin()},
 * {@link #terminate()} and {@link #kill()}, in that order and no further than needed, then calls {@link #release()}
 * once. The methods other than the streams' must not block for longer than a few milliseconds, and must be harmless
 * when the process has ended or when they are called twice.
 */
public interface Transport {
    /** The standard output of the CLI: NDJSON in UTF-8. A read returns what is there; it need not fill the buffer. */
    InputStream stdout();

    /** The standard input of the CLI. The library writes whole lines, flushes after each, and closes it at the end. */
    OutputStream stdin();

    /** Completes with the exit of the process, also if that has happened already; never exceptionally. */
    CompletableFuture<Exit> onExit();

    /** Called first when a session closes, while the process still runs: the time to note its descendants. */
    default void prepareClose() {}

    /** Asks the process to end (SIGTERM). */
    void terminate();

    /** Ends the process and all that it left behind (SIGKILL). Also called after a process ended by itself. */
    void kill();

    /** Frees what belongs to the process: streams, temporary files. The last call. */
    void release();

    /** The process id, or -1 if there is none on this machine. */
    long pid();

    /** The end of what the process wrote on stderr, at most 64 KiB; empty if unknown. */
    String stderrTail();
}
