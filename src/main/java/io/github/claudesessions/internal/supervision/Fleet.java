package io.github.claudesessions.internal.supervision;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.SessionLimitException;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.protocol.Callbacks;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.protocol.Waiting;
import io.github.claudesessions.internal.supervision.Records.Remembered;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Conversations by name, and the processes that they share. Any thread. */
public final class Fleet {
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration SHORTEST_SWEEP = Duration.ofMillis(20);
    private static final Duration LONGEST_SWEEP = Duration.ofSeconds(30);

    private final FleetSettings settings;
    private final FleetListener listener;
    private final Records records;
    private final Timer timer;
    private final Slots slots;
    private final Semaphore starting;
    private final Reserve reserve;
    private final AtomicLong orders = new AtomicLong();
    private final Map<String, Member> named = new ConcurrentHashMap<>();
    private final Set<Member> nameless = ConcurrentHashMap.newKeySet();

    /** Those that have a process. */
    private final Map<SessionCore, Member> awake = new ConcurrentHashMap<>();

    /**
     * Guards the choice of who gives way. No monitor, which would pin a virtual thread that waits for one of the locks that
     * are taken within it.
     */
    private final ReentrantLock room = new ReentrantLock();

    /** A name and what is remembered under it change together. */
    private final ReentrantLock names = new ReentrantLock();

    /** Those whose process is going away, so that its slot will be free. Guarded by {@code room}. */
    private final Set<Member> leaving = new HashSet<>();

    /** Null if no time is limited. */
    private final @Nullable Rounds sweeps;

    private volatile boolean draining;

    /** @param records what outlives this JVM; closed with the fleet */
    public Fleet(FleetSettings settings, FleetListener listener, Records records) {
        this.settings = settings;
        this.listener = listener;
        this.records = records;
        this.timer = settings.timer();
        this.slots = new Slots(settings.maxLive());
        this.starting = new Semaphore(settings.maxStarting(), true);
        this.sweeps = sweeps();
        this.reserve = new Reserve(this, slots);
    }

    // ---- members

    /**
     * Adds a conversation without starting it.
     *
     * @param fate what becomes of it when its process ends; told whether that was with exit code 0
     */
    public Member add(String name, Starter starter, Function<Boolean, Fate> fate) {
        checkOpen();
        names.lock(); // what is remembered is not another's, who is about to be forgotten
        try {
            Check.that(!named.containsKey(name), "a session named \"%s\" is there already", name);
            Member member =
                    new Member(name, true, orders.incrementAndGet(), this, starter, fate, remembered(name, starter));
            named.put(name, member);
            member.begin();
            return member;
        } finally {
            names.unlock();
        }
    }

    /** What an earlier JVM had under that name and {@code starter} goes on with, or null. */
    private @Nullable Remembered remembered(String name, Starter starter) {
        Remembered before = settings.resume() ? records.remembered(name) : null;
        if (before == null || !starter.goesOnWith(before.sessionId())) {
            return null;
        }
        Duration limit = starter.maxAge();
        Instant now = InstantSource.system().instant();
        return longer(Duration.between(before.opened(), now), limit) ? null : before;
    }

    /** As {@link #add}, for one that nobody can find by its name. */
    public Member addNameless(String name, Starter starter) {
        checkOpen();
        Member member = new Member(name, false, orders.incrementAndGet(), this, starter, normally -> Fate.OVER, null);
        nameless.add(member);
        member.released().thenRun(() -> nameless.remove(member));
        member.begin();
        return member;
    }

    /**
     * Keeps processes ready for conversations that begin, as soon as {@link #startSpares} is called. They count as the
     * others do, and give way before them.
     */
    public Spares keepSpares(SpareSource source, int count, Duration maxAge) {
        return reserve.add(new Spares(source, reserve, count, 1, maxAge, settings.backoff(), timer));
    }

    public void startSpares() {
        reserve.open();
    }

    public @Nullable Member find(String name) {
        return named.get(name);
    }

    /** All that have a name, in the order in which they were added. */
    public List<Member> members() {
        return named.values().stream()
                .sorted(Comparator.comparingLong(Member::order))
                .toList();
    }

    public int count() {
        return named.size();
    }

    /** How many processes there are, spare ones and those that are being started or ended included. */
    public int processes() {
        return slots.used();
    }

    /** How many of the processes are spare ones, those that are being started or ended included. */
    public int spareProcesses() {
        return reserve.held();
    }

    /** How many wait for a process, because there are as many as there may be. */
    public int waiting() {
        return slots.waiting();
    }

    /** Whether new work is taken. */
    public boolean accepting() {
        return !draining;
    }

    /** Those that have a process, nameless ones included. */
    Collection<Member> awake() {
        return awake.values();
    }

    /** {@code member} is over. Its name is free before its process is gone, which {@link #close} waits for. */
    void forget(Member member) {
        if (nameless.add(member)) {
            member.released().thenRun(() -> nameless.remove(member));
        }
        names.lock();
        try {
            if (!draining) {
                member.journal().forget(); // before another can have the name
            }
            named.remove(member.name(), member);
        } finally {
            names.unlock();
        }
    }

    /** Starts a process for {@code member} and waits until it is there; its failure is thrown as it is. */
    public void start(Member member) {
        member.with(core -> core);
    }

    /** Replaces the process of {@code member}, or starts one after it has given up, and waits until it is there. */
    public void restart(Member member, String reason) {
        await(
                member,
                member.lifecycle().replace(reason, true),
                timer.nanoTime() + settings.waitTimeout().toNanos());
    }

    // ---- what members ask and tell

    FleetSettings settings() {
        return settings;
    }

    FleetListener listener() {
        return listener;
    }

    Records records() {
        return records;
    }

    void checkOpen() {
        if (draining) {
            throw new SessionClosedException("the supervisor takes no more work: it is being closed", null);
        }
    }

    /** Waits for a slot, within the limit, as long as {@code wanted} is not done; false if there was none. */
    boolean takeSlot(CompletableFuture<?> wanted) {
        CompletableFuture<Void> slot = slots.take();
        if (!slot.isDone()) {
            makeRoom();
            Rounds looks = Rounds.every(LOOK_AGAIN, timer, this::makeRoom); // a callback that has ended is not told
            try {
                Waiting.settled(CompletableFuture.anyOf(slot, wanted), settings.waitTimeout(), timer);
            } finally {
                looks.close();
            }
        }
        if (slot.isDone() && !wanted.isDone()) {
            return true;
        }
        slots.giveUp(slot);
        reserve.refill();
        return false;
    }

    void releaseSlot() {
        slots.release();
        reserve.refill();
    }

    Reserve reserve() {
        return reserve;
    }

    /** Runs {@code start} when not too many others are starting. */
    <T> T throttled(Supplier<T> start) {
        try {
            starting.acquire();
        } catch (InterruptedException e) {
            throw Waiting.interrupted("the start of other sessions", e);
        }
        try {
            return start.get();
        } finally {
            starting.release();
        }
    }

    void started(Member member, SessionCore core, boolean again) {
        awake.put(core, member);
        listener.started(member, again);
        roomMayBe();
    }

    /** The process of {@code member} is gone. */
    void gone(Member member, SessionCore core) {
        awake.remove(core);
        room.lock();
        try {
            leaving.remove(member);
        } finally {
            room.unlock();
        }
        releaseSlot();
        roomMayBe();
    }

    /** The process of {@code member} has ended by itself, and others may have to be restarted with it. */
    void failed(Member member) {
        for (Member other : members()) {
            if (other != member
                    && other.latest() != null
                    && settings.alsoRestarted().restarts(member.order(), other.order())) {
                other.lifecycle()
                        .replace(
                                "session \"%s\" has failed, and this one is restarted with it".formatted(member.name()),
                                false);
            }
        }
    }

    /** Waits until {@code ready} is done, for callers of {@code member}. */
    void await(Member member, CompletableFuture<SessionCore> ready, long deadline) {
        CompletableFuture<Waited> race = new CompletableFuture<>();
        Duration left = Duration.ofNanos(Math.max(0, deadline - timer.nanoTime()));
        // looked at here: until this thread goes on, the start may have given its place in the queue up
        Timer.Alarm alarm =
                timer.after(left, () -> race.complete(slots.waiting() > 0 ? Waited.FOR_A_SLOT : Waited.FOR_THE_START));
        ready.whenComplete((core, failure) -> {
            if (failure == null) {
                race.complete(Waited.UNTIL_READY);
            } else {
                race.completeExceptionally(failure);
            }
        });
        Waited waited;
        try {
            waited = Waiting.await("session \"" + member.name() + "\"", race);
        } catch (SessionLimitException e) {
            if (timer.nanoTime() - deadline < 0) {
                return; // others have waited longer for it: this caller tries again
            }
            throw limitReached(member); // says what this thread can do about it
        } finally {
            alarm.cancel();
        }
        if (waited != Waited.UNTIL_READY) {
            throw waited == Waited.FOR_A_SLOT ? limitReached(member) : notReady(member);
        }
    }

    private enum Waited {
        UNTIL_READY,
        FOR_A_SLOT,
        FOR_THE_START
    }

    private ClaudeException notReady(Member member) {
        String trouble = member.trouble();
        return new TimeLimitException(
                "session \"%s\" was not ready within %s%s"
                        .formatted(member.name(), settings.waitTimeout(), trouble == null ? "" : ": " + trouble),
                "start",
                settings.waitTimeout());
    }

    SessionLimitException limitReached(Member member) {
        return new SessionLimitException(
                "session \"%s\" got no process within %s: all %d that there may be (maxLive) are at work%s"
                        .formatted(
                                member.name(),
                                settings.waitTimeout(),
                                slots.max(),
                                Callbacks.running()
                                        ? "; this call comes from a callback or a stream of another session, which keeps"
                                                + " one of them as long as it waits"
                                        : ""),
                slots.max(),
                settings.waitTimeout());
    }

    // ---- who gives way

    /** A member has become idle, or a caller has left it. Must not wait. */
    void roomMayBe() {
        if (slots.waiting() > 0) {
            Thread.startVirtualThread(this::makeRoom);
        }
    }

    /**
     * How many more should give way. Only so many as can be started at a time, and as many again, have a slot without a
     * process: those who give way for more would lose theirs long before anybody has use for it.
     */
    @GuardedBy("room")
    private long needed() {
        long unused = (long) slots.used() - awake.size() - reserve.held();
        return Math.min(slots.waiting(), 2L * settings.maxStarting() - unused) - leaving.size() - reserve.leaving();
    }

    /**
     * Has as many processes as are waited for go away: spare ones, then those of idle members, the least recently used
     * first.
     */
    private void makeRoom() {
        room.lock();
        try {
            boolean more = true;
            while (more && needed() > 0) {
                more = reserve.giveWay();
            }
            if (needed() <= 0) {
                return;
            }
            List<Member> candidates = awake.values().stream()
                    .filter(member -> !leaving.contains(member))
                    .map(Candidate::of)
                    .sorted(Comparator.comparingLong(Candidate::lastUsed))
                    .map(Candidate::member)
                    .toList();
            for (Member member : candidates) {
                if (needed() <= 0) {
                    return;
                }
                leaving.add(member);
                if (!member.lifecycle().hibernate()) {
                    leaving.remove(member);
                }
            }
        } finally {
            room.unlock();
        }
    }

    /** {@code lastUsed} goes on while it is sorted by. */
    private record Candidate(Member member, long lastUsed) {
        static Candidate of(Member member) {
            return new Candidate(member, member.lifecycle().lastUsed());
        }
    }

    private @Nullable Rounds sweeps() {
        Duration shortest = Stream.of(settings.idleTimeout(), settings.stuckTimeout())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
        if (shortest == null) {
            return null;
        }
        Duration pause = Collections.min(List.of(LONGEST_SWEEP, shortest.dividedBy(4)));
        return Rounds.every(Collections.max(List.of(SHORTEST_SWEEP, pause)), timer, this::sweep);
    }

    private void sweep() {
        for (Member member : awake.values()) {
            Snapshot now = member.snapshot();
            if (longer(now.idleFor(), settings.idleTimeout())) {
                member.lifecycle().hibernate();
            } else if (longer(
                    Duration.ofNanos(timer.nanoTime() - member.lifecycle().lastUsed()), settings.stuckTimeout())) {
                member.lifecycle().hibernateStuck();
            }
        }
    }

    private static boolean longer(@Nullable Duration time, @Nullable Duration limit) {
        return time != null && limit != null && time.compareTo(limit) >= 0;
    }

    // ---- the end

    /** From now on nothing new is begun. */
    public void refuseWork() {
        draining = true;
        if (sweeps != null) {
            sweeps.close();
        }
        reserve.closeLater();
    }

    /**
     * Begins nothing new, waits until the turns have ended, for at most {@code limit}, and ends all.
     *
     * @return those that there were, in the order in which they were added
     */
    public List<Drained> drain(Duration limit) {
        refuseWork();
        List<Member> all = all();
        Map<Member, Drained> drained = new ConcurrentHashMap<>();
        Waiting.atOnce(all, member -> drained.put(member, member.drain(limit)));
        close(); // also those that were added while this began
        return all.stream().map(drained::get).filter(Objects::nonNull).toList();
    }

    /** Ends all, at the same time, and waits until they are gone. */
    public void close() {
        refuseWork();
        Waiting.atOnce(all(), Member::close);
        reserve.close();
        records.close();
    }

    private List<Member> all() {
        List<Member> all = new ArrayList<>(members());
        all.addAll(nameless);
        return all;
    }
}
