package io.github.claudesessions.internal.supervision;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.SessionGaveUpException;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.protocol.ConnectionEnd;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.supervision.MemberState.Asleep;
import io.github.claudesessions.internal.supervision.MemberState.BackingOff;
import io.github.claudesessions.internal.supervision.MemberState.Ending;
import io.github.claudesessions.internal.supervision.MemberState.GaveUp;
import io.github.claudesessions.internal.supervision.MemberState.Live;
import io.github.claudesessions.internal.supervision.MemberState.Purpose;
import io.github.claudesessions.internal.supervision.MemberState.Starting;
import io.github.claudesessions.internal.supervision.MemberState.Stopped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a member, one after another: see {@link MemberState}. Each is started on a virtual thread of its own,
 * and its end is handled on another; the fleet and its listener are told without the lock.
 */
final class Lifecycle {
    private final Member member;
    private final Fleet fleet;
    private final FleetSettings settings;
    private final Function<Boolean, Fate> fate;
    private final boolean persistent;
    private final Timer timer;
    private final CompletableFuture<Void> released = new CompletableFuture<>();
    private final TellingLock lock = new TellingLock();

    @GuardedBy("lock")
    private MemberState state = new Asleep();

    @GuardedBy("lock")
    private int leases;

    @GuardedBy("lock")
    private boolean everLive;

    @GuardedBy("lock")
    private final Failures failures;

    private volatile long lastUsed;

    private volatile String stopReason = Failures.CLOSED;

    /**
     * @param fate what becomes of the member when its process ends; told whether that was with exit code 0
     * @param persistent whether its process can be given up for a while
     */
    Lifecycle(Member member, Fleet fleet, Function<Boolean, Fate> fate, boolean persistent) {
        this.member = member;
        this.fleet = fleet;
        this.settings = fleet.settings();
        this.fate = fate;
        this.persistent = persistent;
        this.timer = settings.timer();
        this.failures = new Failures(settings);
        this.lastUsed = timer.nanoTime();
    }

    // ---- use

    /** The process, started if need be, which is not given up before it is {@linkplain #release() released}. */
    SessionCore acquire() {
        long deadline = timer.nanoTime() + settings.waitTimeout().toNanos();
        while (true) {
            CompletableFuture<SessionCore> ready;
            lock.lock();
            try {
                if (state instanceof Live live && live.core().end() == null) {
                    leases++;
                    return live.core();
                }
                ready = wake();
            } finally {
                lock.unlock();
            }
            fleet.await(member, ready, deadline);
        }
    }

    void release() {
        lock.lock();
        try {
            leases--;
            lastUsed = timer.nanoTime();
        } finally {
            lock.unlock();
        }
        fleet.roomMayBe();
    }

    /** Has a process started, if there is none and none is on its way; the future is done when callers may look again. */
    @GuardedBy("lock")
    private CompletableFuture<SessionCore> wake() {
        return switch (state) {
            case Asleep asleep -> {
                fleet.checkOpen();
                yield startSoon(new CompletableFuture<>());
            }
            case Starting starting -> starting.ready();
            case BackingOff waiting -> waiting.ready();
            case Live live -> endingWith(live.core(), Purpose.CRASH, new CompletableFuture<>());
            case Ending ending -> {
                if (ending.purpose() == Purpose.STOP) {
                    throw closed();
                }
                CompletableFuture<SessionCore> ready = ending.ready();
                yield endingWith(ending.core(), ending.purpose(), ready == null ? new CompletableFuture<>() : ready);
            }
            case GaveUp over -> throw Failures.gaveUp(member.name(), over.cause());
            case Stopped stopped -> throw closed();
        };
    }

    @GuardedBy("lock")
    private CompletableFuture<SessionCore> endingWith(
            SessionCore core, Purpose purpose, CompletableFuture<SessionCore> ready) {
        state = new Ending(core, purpose, ready);
        return ready;
    }

    private SessionClosedException closed() {
        return Failures.closed(member.name(), stopReason);
    }

    // ---- processes

    @GuardedBy("lock")
    private CompletableFuture<SessionCore> startSoon(CompletableFuture<SessionCore> ready) {
        state = new Starting(ready);
        Thread.startVirtualThread(() -> start(ready));
        return ready;
    }

    private void start(CompletableFuture<SessionCore> ready) {
        SessionCore core;
        try {
            core = member.nextProcess(ready);
        } catch (RuntimeException | Error e) {
            notStarted(ready, e);
            return;
        }
        live(core, ready);
    }

    private void live(SessionCore core, CompletableFuture<SessionCore> ready) {
        boolean wanted;
        lock.lock();
        try {
            wanted = isStarting(ready);
            if (wanted) {
                state = new Live(core);
                lastUsed = timer.nanoTime();
                failures.live(lastUsed);
                boolean again = everLive;
                everLive = true;
                lock.afterwards(() -> fleet.started(member, core, again));
            }
        } finally {
            lock.unlock();
        }
        core.released().thenRunAsync(() -> gone(core), Thread::startVirtualThread);
        if (wanted) {
            core.ledgers().whenIdle(fleet::roomMayBe);
            ready.complete(core);
        } else {
            core.closeLater();
        }
    }

    @GuardedBy("lock")
    private boolean isStarting(CompletableFuture<SessionCore> ready) {
        return state instanceof Starting starting && starting.ready() == ready;
    }

    /** There is no process. One that has never run is not supervised yet: whoever wants it is told. */
    private void notStarted(CompletableFuture<SessionCore> ready, Throwable cause) {
        lock.lock();
        try {
            if (!isStarting(ready)) {
                releasedIfStopped();
            } else if (everLive && !Failures.refuses(cause)) {
                failures.note(cause);
                startAgain(ready, cause);
            } else {
                state = new Asleep();
                lock.afterwards(() -> ready.completeExceptionally(cause));
            }
        } finally {
            lock.unlock();
        }
    }

    private void gone(SessionCore core) {
        lock.lock();
        try {
            lock.afterwards(() -> fleet.gone(member, core));
            member.processGone(core);
            if (state instanceof Ending ending && ending.core() == core) {
                ended(ending);
            } else if (state instanceof Live live && live.core() == core) {
                crashed(core, null);
            }
            releasedIfStopped();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void ended(Ending ending) {
        CompletableFuture<SessionCore> ready = ending.ready();
        switch (ending.purpose()) {
            case HIBERNATE -> {
                lock.afterwards(() -> fleet.listener().hibernated(member));
                sleep(ready);
            }
            case RESTART -> startSoon(ready == null ? new CompletableFuture<>() : ready);
            case CRASH -> crashed(ending.core(), ready);
            case STOP -> stop(stopReason, ready);
        }
    }

    @GuardedBy("lock")
    private void sleep(@Nullable CompletableFuture<SessionCore> ready) {
        if (ready == null) {
            state = new Asleep();
        } else {
            startSoon(ready);
        }
    }

    @GuardedBy("lock")
    private void crashed(SessionCore core, @Nullable CompletableFuture<SessionCore> ready) {
        ConnectionEnd end = core.end();
        ClaudeException cause = ConnectionEnd.exceptionFor(end);
        boolean normally =
                end instanceof ConnectionEnd.Exited exited && exited.exit().code() == 0;
        failures.note(cause);
        // nobody but the end of the JVM closes a process behind the back of its supervisor: the next JVM goes on
        boolean jvmEnds = ConnectionEnd.CLOSED.equals(end);
        if (jvmEnds) {
            member.journal().end();
        }
        switch (jvmEnds ? Fate.OVER : fate.apply(normally)) {
            case OVER -> stop("the process of session \"%s\" has ended".formatted(member.name()), ready);
            case ASLEEP -> sleep(ready);
            case RESTARTED -> {
                lock.afterwards(() -> fleet.failed(member));
                startAgain(ready == null ? new CompletableFuture<>() : ready, cause);
            }
        }
    }

    @GuardedBy("lock")
    private void startAgain(CompletableFuture<SessionCore> ready, Throwable cause) {
        Duration delay = failures.next(timer.nanoTime());
        if (delay == null) {
            SessionGaveUpException failure = Failures.gaveUp(member.name(), cause);
            state = new GaveUp(cause);
            lock.afterwards(() -> {
                ready.completeExceptionally(failure);
                fleet.listener().gaveUp(member, cause);
            });
            return;
        }
        String reason = String.valueOf(cause.getMessage());
        Timer.Alarm alarm = timer.after(delay, () -> Thread.startVirtualThread(() -> startAfterBackoff(ready)));
        state = new BackingOff(ready, alarm, reason);
        lock.afterwards(() -> fleet.listener().restarting(member, cause, delay));
    }

    private void startAfterBackoff(CompletableFuture<SessionCore> ready) {
        lock.lock();
        try {
            if (state instanceof BackingOff waiting && waiting.ready() == ready) {
                startSoon(ready);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Has the process replaced, whatever the state; the future has the next one.
     *
     * @param forgive whether earlier failures are forgotten
     */
    CompletableFuture<SessionCore> replace(String reason, boolean forgive) {
        SessionCore old = null;
        CompletableFuture<SessionCore> ready;
        lock.lock();
        try {
            if (forgive) {
                failures.forgive();
            }
            ready = switch (state) {
                case Live live -> {
                    old = live.core();
                    failures.replaced();
                    yield endingWith(old, Purpose.RESTART, new CompletableFuture<>());
                }
                case GaveUp over -> startSoon(new CompletableFuture<>());
                case BackingOff waiting -> {
                    waiting.alarm().cancel();
                    yield startSoon(waiting.ready());
                }
                default -> wake();
            };
        } finally {
            lock.unlock();
        }
        if (old != null) {
            old.closeLater(reason);
        }
        return ready;
    }

    // ---- the end

    /** Gives the process up if nobody would notice; whether it did. */
    boolean hibernate() {
        return hibernateIf(SessionCore::quiet);
    }

    /** Gives the process up although something goes on in it that may never end, such as a shell; whether it did. */
    boolean hibernateStuck() {
        return hibernateIf(core -> !core.inTurn());
    }

    private boolean hibernateIf(Predicate<SessionCore> allowed) {
        SessionCore core;
        lock.lock();
        try {
            core = state instanceof Live live ? live.core() : null;
            if (core == null || leases > 0 || !persistent || core.end() != null || !allowed.test(core)) {
                return false;
            }
            state = new Ending(core, Purpose.HIBERNATE, null);
        } finally {
            lock.unlock();
        }
        core.closeLater("session \"" + member.name() + "\" is given up until it is used");
        return true;
    }

    /** Ends it without waiting. */
    void closeLater() {
        endLater(Failures.CLOSED, SessionCore::closeLater);
    }

    /** As {@link #closeLater}, because it has become too old; whoever reads a turn is told so. */
    void retireLater(Duration age) {
        endLater("it is older than " + age + " (sessionTimeout)", core -> core.retire(age));
    }

    private void endLater(String reason, Consumer<SessionCore> close) {
        SessionCore live = null;
        lock.lock();
        try {
            stopReason = state instanceof Stopped ? stopReason : reason;
            switch (state) {
                case Live now -> {
                    live = now.core();
                    state = new Ending(live, Purpose.STOP, null);
                }
                case Ending now -> {
                    fail(now.ready());
                    state = new Ending(now.core(), Purpose.STOP, null);
                }
                case Starting now -> stop(reason, now.ready());
                case BackingOff now -> {
                    now.alarm().cancel();
                    stop(reason, now.ready());
                    releasedIfStopped();
                }
                case Stopped now -> {}
                default -> {
                    stop(reason, null);
                    releasedIfStopped();
                }
            }
        } finally {
            lock.unlock();
        }
        fleet.forget(member);
        if (live != null) {
            close.accept(live);
        }
    }

    @GuardedBy("lock")
    private void stop(String reason, @Nullable CompletableFuture<SessionCore> ready) {
        state = new Stopped(reason);
        fail(ready);
        lock.afterwards(() -> {
            fleet.forget(member);
            fleet.listener().stopped(member, reason);
        });
    }

    @GuardedBy("lock")
    private void fail(@Nullable CompletableFuture<SessionCore> ready) {
        if (ready != null) {
            lock.afterwards(() -> ready.completeExceptionally(closed()));
        }
    }

    @GuardedBy("lock")
    private void releasedIfStopped() {
        if (state instanceof Stopped) {
            lock.afterwards(() -> released.complete(null));
        }
    }

    /** Completes when it is over and nothing is left. */
    CompletableFuture<Void> released() {
        return released;
    }

    // ---- what is known

    /** When it was called, or its latest turn has ended. */
    long lastUsed() {
        SessionCore core = core();
        return core == null ? lastUsed : Math.max(lastUsed, core.facts().lastTurn());
    }

    /** The process that there is, or null. */
    @Nullable
    SessionCore core() {
        return state().process();
    }

    MemberState state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    Snapshot snapshot(@Nullable String sessionId) {
        lock.lock();
        try {
            SessionCore core = core();
            boolean idle = leases == 0 && (core == null || core.quiet());
            long since =
                    core == null ? lastUsed : Math.max(lastUsed, core.facts().lastArrival());
            return new Snapshot(
                    member.name(),
                    state.phase(failures.restarts() > 0),
                    sessionId,
                    core == null ? -1 : core.pid(),
                    failures.restarts(),
                    failures.last(),
                    idle ? Duration.ofNanos(Math.max(0, timer.nanoTime() - since)) : null);
        } finally {
            lock.unlock();
        }
    }

    /** Runs {@code action} while the process neither comes nor goes. */
    <T> T still(Function<@Nullable SessionCore, T> action) {
        lock.lock();
        try {
            return action.apply(core());
        } finally {
            lock.unlock();
        }
    }
}
