package io.github.claudesessions.internal.supervision;

import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.protocol.Waiting;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** The spare processes of a fleet. They have places among its processes, and give way before any session does. Any thread. */
final class Reserve implements SpareRoom {
    /** What a process begins with, and some more. */
    private static final long BYTES_EACH = 256L << 20;

    private final Fleet fleet;
    private final Slots slots;
    private final List<Spares> pools = new CopyOnWriteArrayList<>();
    private volatile boolean open;
    private volatile boolean fits = true;

    Reserve(Fleet fleet, Slots slots) {
        this.fleet = fleet;
        this.slots = slots;
    }

    Spares add(Spares pool) {
        pools.add(pool);
        return pool;
    }

    /** Begins: the first sessions were there before. */
    void open() {
        open = true;
        refill();
    }

    @Override
    public boolean take() {
        return open && fits && slots.takeSpare();
    }

    @Override
    public void release() {
        fleet.releaseSlot();
    }

    @Override
    public <T> T throttled(Supplier<T> start) {
        return fleet.throttled(start);
    }

    @Override
    public void opened(SessionCore process) {
        Runnable gone = fleet.records().started(process.pid(), process.facts().sessionId());
        process.released().thenRun(gone);
    }

    /** A place may be free. */
    void refill() {
        pools.forEach(Spares::refill);
    }

    /** Keeps spare processes only if all of them find room beside sessions that have {@code used} bytes of {@code max}. */
    void fitInto(long used, long max) {
        long most = pools.stream().mapToLong(Spares::count).sum() * BYTES_EACH;
        fits = used <= max - most;
        if (fits) {
            refill();
        } else {
            pools.forEach(Spares::giveUp);
        }
    }

    /** Has one process end for somebody who waits; false if there is none. */
    boolean giveWay() {
        return pools.stream().anyMatch(Spares::giveWay);
    }

    /** How many places will be free soon. */
    int leaving() {
        return pools.stream().mapToInt(Spares::leaving).sum();
    }

    /** How many places are held, by those that are leaving them too. */
    int held() {
        return pools.stream().mapToInt(Spares::held).sum();
    }

    void closeLater() {
        pools.forEach(Spares::closeLater);
    }

    void close() {
        Waiting.atOnce(pools, Spares::close);
    }
}
