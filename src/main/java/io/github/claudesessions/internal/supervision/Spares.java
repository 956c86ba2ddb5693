package io.github.claudesessions.internal.supervision;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.control.Cost;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.protocol.Continuity;
import io.github.claudesessions.internal.protocol.CutTurns;
import io.github.claudesessions.internal.protocol.Probe;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.protocol.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Processes that are ready before anybody wants them. Each is started on a virtual thread of its own; those that were
 * taken, have ended or got too old are replaced, after a pause if something is wrong. Any thread.
 */
public final class Spares {
    /** Of those that hold a place. One that is taken leaves with its place. */
    private enum State {
        STARTING,
        READY,
        /** It is being found out whether it can be handed out. */
        OFFERED,
        /** Its process is going away. */
        LEAVING
    }

    private static final Logger log = LoggerFactory.getLogger(Spares.class);

    /** How long a taker may be kept by processes that do not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** More than the ladder of closing takes. */
    private static final Duration END = Duration.ofSeconds(15);

    /** A start takes a core for a while, which the first turn of the process that was handed out needs more. */
    private static final Duration BREATH = Duration.ofMillis(250);

    private final SpareSource source;
    private final SpareRoom room;
    private final int count;
    private final int starts;
    private final Duration maxAge;
    private final IntFunction<Duration> backoff;
    private final Timer timer;

    /** The oldest first. */
    @GuardedBy("this")
    private final Map<Spare, State> all = new LinkedHashMap<>();

    /** Starts and processes that have failed since one was good. */
    @GuardedBy("this")
    private int failures;

    @GuardedBy("this")
    private boolean pausing;

    @GuardedBy("this")
    private boolean closed;

    @GuardedBy("this")
    private CompletableFuture<Void> full = new CompletableFuture<>();

    private final CompletableFuture<Void> released = new CompletableFuture<>();

    /**
     * @param count how many are kept ready
     * @param starts how many may be starting: one that waits for others to have started would hold its place for nothing
     * @param maxAge how old one may get
     * @param backoff how long to wait after the n-th failure in a row
     */
    public Spares(
            SpareSource source,
            SpareRoom room,
            int count,
            int starts,
            Duration maxAge,
            IntFunction<Duration> backoff,
            Timer timer) {
        this.source = source;
        this.room = room;
        this.count = count;
        this.starts = starts;
        this.maxAge = maxAge;
        this.backoff = backoff;
        this.timer = timer;
    }

    // ---- taking

    /**
     * A process that answers and is as one that is started now, or null if none is ready. It is the caller's, and so is
     * its place.
     *
     * @param owner who explains what becomes of its turns
     * @param prepare gets it before it is returned
     */
    public @Nullable SessionCore take(CutTurns owner, Consumer<? super SessionCore> prepare) {
        long deadline = timer.nanoTime() + PATIENCE.toNanos();
        for (Spare spare = offer(); spare != null; spare = offer()) {
            SessionCore process = spare.core();
            boolean taken = false;
            try {
                if (process != null && usable(spare, process, deadline)) {
                    spare.handOver(owner);
                    prepare.accept(process);
                    taken = taken(spare);
                }
            } finally {
                if (!taken) {
                    leave(spare, State.OFFERED);
                }
            }
            if (taken) {
                return process;
            }
            if (timer.nanoTime() - deadline >= 0) {
                return null; // starting one is quicker
            }
        }
        refill();
        return null;
    }

    /** The oldest: the others last longer. It is nobody else's any more, but not yet the caller's. */
    private synchronized @Nullable Spare offer() {
        List<Spare> ready = all(State.READY);
        if (ready.isEmpty()) {
            return null;
        }
        all.put(ready.getFirst(), State.OFFERED);
        return ready.getFirst();
    }

    /**
     * That a process was killed is known a moment later, and one that was stopped looks like one that waits: so it is
     * asked.
     */
    private boolean usable(Spare spare, SessionCore process, long deadline) {
        Duration patience = Duration.ofNanos(Math.max(1, deadline - timer.nanoTime()));
        return left(spare).isPositive()
                && spare.fresh()
                && Probe.trouble(process, patience) == null
                && process.end() == null;
    }

    /** It is the caller's; false if it has just ended. */
    private synchronized boolean taken(Spare spare) {
        if (!all.remove(spare, State.OFFERED)) {
            return false;
        }
        spare.ageNoMore();
        failures = 0;
        settle();
        timer.after(BREATH, this::refill);
        return true;
    }

    // ---- filling

    /** Starts as many as are missing and may be. Does not wait. */
    public synchronized void refill() {
        while (!closed && !pausing && mayStart() && room.take()) {
            Spare spare = new Spare();
            all.put(spare, State.STARTING);
            Thread.ofVirtual()
                    .name("claude-sessions-spare")
                    .inheritInheritableThreadLocals(false) // whoever took the one before has nothing to do with it
                    .start(() -> start(spare));
        }
    }

    private boolean mayStart() {
        int starting = number(State.STARTING);
        return starting < starts && number(State.READY) + starting < count;
    }

    private void start(Spare spare) {
        try {
            SpareSource.Started started = room.throttled(() -> {
                checkWanted(spare);
                return source.start(new Continuity(spare, Cost.NONE, Duration.ZERO), process -> opened(spare, process));
            });
            ready(spare, started.fresh());
        } catch (RuntimeException | Error e) {
            notStarted(spare, e);
        }
    }

    private synchronized void checkWanted(Spare spare) {
        if (all.get(spare) != State.STARTING) {
            throw new IllegalStateException("it is not wanted any more");
        }
    }

    private void opened(Spare spare, SessionCore process) {
        spare.opened(process, timer.nanoTime());
        process.released().thenRunAsync(() -> gone(spare), Thread::startVirtualThread);
        room.opened(process);
        checkWanted(spare); // from now on the process of one that has to leave is closed with it
    }

    private synchronized void ready(Spare spare, BooleanSupplier fresh) {
        if (all.replace(spare, State.STARTING, State.READY)) {
            Duration left = left(spare);
            Timer.Alarm aging = timer.after(left.isNegative() ? Duration.ZERO : left, () -> retire(spare));
            spare.ready(fresh, aging);
            if (number(State.READY) >= count) {
                full.complete(null);
            }
        }
        refill();
    }

    private void notStarted(Spare spare, Throwable cause) {
        boolean open = spare.core() != null; // then gone() comes, or has come
        synchronized (this) {
            if (!closed && all.get(spare) != State.LEAVING) {
                log.warn("A spare process could not be started: {}", cause.getMessage());
            }
        }
        if (!open) {
            gone(spare);
        }
    }

    /** There is no process: it was not started, has ended by itself, gave way, or was handed out long ago. */
    private void gone(Spare spare) {
        State was;
        synchronized (this) {
            was = all.remove(spare);
            spare.ageNoMore();
            if (was == State.STARTING || was == State.READY) {
                pause();
            }
            settle();
        }
        if (was != null) {
            room.release();
            refill();
        }
    }

    @GuardedBy("this")
    private void pause() {
        if (!pausing && !closed) {
            pausing = true;
            failures++;
            timer.after(backoff.apply(failures), this::goOn);
        }
    }

    private synchronized void goOn() {
        pausing = false;
        refill();
    }

    // ---- going away

    /** Has one of them end, for somebody who waits for a place; false if there is none. */
    boolean giveWay() {
        for (State state : List.of(State.STARTING, State.READY)) {
            for (Spare spare : all(state)) {
                if (leave(spare, state)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Has all of them end. */
    void giveUp() {
        for (State state : List.of(State.STARTING, State.READY)) { // in this order: the former become the latter
            all(state).forEach(spare -> leave(spare, state));
        }
    }

    private void retire(Spare spare) {
        if (leave(spare, State.READY)) {
            forgive();
            refill();
        }
    }

    /** Nothing is wrong. */
    private synchronized void forgive() {
        failures = 0;
    }

    /** Has a process end, unless it is somebody's or gone by now; whether it does. {@link #gone} does the rest. */
    private boolean leave(Spare spare, State from) {
        synchronized (this) {
            if (!all.replace(spare, from, State.LEAVING)) {
                return false;
            }
        }
        SessionCore process = spare.core();
        if (process != null) {
            process.closeLater("the spare process is not needed");
        }
        return true;
    }

    /** How long it can be handed out yet. */
    private Duration left(Spare spare) {
        return maxAge.minusNanos(timer.nanoTime() - spare.since());
    }

    // ---- what is known

    private synchronized List<Spare> all(State state) {
        List<Spare> found = new ArrayList<>();
        all.forEach((spare, now) -> {
            if (now == state) {
                found.add(spare);
            }
        });
        return found;
    }

    private int number(State state) {
        return all(state).size();
    }

    /** How many there should be. */
    int count() {
        return count;
    }

    /** How many are ready. */
    public int ready() {
        return number(State.READY);
    }

    /** How many hold a place that is about to be free. One whose process is not there yet may hold it for long. */
    int leaving() {
        return (int) all(State.LEAVING).stream()
                .filter(spare -> spare.core() != null)
                .count();
    }

    /** How many hold a place. */
    synchronized int held() {
        return all.size();
    }

    /** Waits until all are ready; false if they are not within {@code limit}, or it is closed. */
    public boolean awaitReady(Duration limit) {
        CompletableFuture<Void> awaited;
        synchronized (this) {
            if (number(State.READY) >= count || closed) {
                return !closed;
            }
            if (full.isDone()) {
                full = new CompletableFuture<>();
            }
            awaited = full;
        }
        boolean settled = Waiting.settled(awaited, limit, timer);
        synchronized (this) {
            return settled && !closed;
        }
    }

    // ---- the end

    /** Ends those that nobody has taken, without waiting for it, and starts no more. */
    public void closeLater() {
        synchronized (this) {
            closed = true;
            full.complete(null);
            settle();
        }
        giveUp();
    }

    /** Ends those that nobody has taken and waits until they are gone; bounded. */
    public void close() {
        closeLater();
        Waiting.settled(released, END, timer);
    }

    @GuardedBy("this")
    private void settle() {
        if (closed && all.isEmpty()) {
            released.complete(null);
        }
    }
}
