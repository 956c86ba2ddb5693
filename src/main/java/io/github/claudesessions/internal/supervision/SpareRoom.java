package io.github.claudesessions.internal.supervision;

import io.github.claudesessions.internal.protocol.SessionCore;
import java.util.function.Supplier;

/** How many processes a pool may have, and who else knows of them. */
public interface SpareRoom {
    /** A place for one more, if one is free and nobody waits for it. Must not wait. */
    boolean take();

    void release();

    /** Runs {@code start} when not too many others are starting. */
    <T> T throttled(Supplier<T> start);

    /** A process is there. */
    void opened(SessionCore process);
}
