package io.github.claudesessions.internal.supervision;

import io.github.claudesessions.internal.protocol.Continuity;
import io.github.claudesessions.internal.protocol.SessionCore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Starts the processes of a pool. */
@FunctionalInterface
public interface SpareSource {
    /**
     * Starts one and waits until it is ready.
     *
     * @param prepare gets it before the CLI can write or ask anything
     */
    Started start(Continuity continuity, Consumer<? super SessionCore> prepare);

    /**
     * A process that is ready.
     *
     * @param fresh whether one that is started now would be the same
     */
    record Started(SessionCore core, BooleanSupplier fresh) {}
}
