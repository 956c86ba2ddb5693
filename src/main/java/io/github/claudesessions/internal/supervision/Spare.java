package io.github.claudesessions.internal.supervision;

import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.protocol.CutTurns;
import io.github.claudesessions.internal.protocol.SessionCore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A process that is started before anybody wants it. What is told of its turns goes to who has it in the end. Any thread. */
final class Spare implements CutTurns {
    private volatile long since;
    private volatile @Nullable SessionCore core;
    private volatile BooleanSupplier fresh = () -> false;
    private volatile Timer.Alarm aging = () -> {};
    private volatile CutTurns owner = CutTurns.PLAIN;

    /** Its process is there, and has said nothing yet. */
    void opened(SessionCore process, long now) {
        since = now;
        core = process;
    }

    /**
     * Its process is ready.
     *
     * @param unchanged whether one that is started now would be the same
     * @param old rings when it is too old
     */
    void ready(BooleanSupplier unchanged, Timer.Alarm old) {
        fresh = unchanged;
        aging = old;
    }

    void ageNoMore() {
        aging.cancel();
    }

    /** From now on it is the process of somebody's conversation. */
    void handOver(CutTurns newOwner) {
        owner = newOwner;
    }

    boolean fresh() {
        return fresh.getAsBoolean();
    }

    /** When its process was opened. */
    long since() {
        return since;
    }

    /** The process, or null if it is not there yet. */
    @Nullable
    SessionCore core() {
        return core;
    }

    @Override
    public void note(Cut turn) {
        owner.note(turn);
    }

    @Override
    public @Nullable String name() {
        return owner.name();
    }

    @Override
    public ClaudeException explain(ClaudeException cause, Cut turn) {
        return owner.explain(cause, turn);
    }
}
