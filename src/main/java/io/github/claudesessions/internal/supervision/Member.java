package io.github.claudesessions.internal.supervision;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.control.Cost;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.PromptFate;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.TurnCutException;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.protocol.Conversation;
import io.github.claudesessions.internal.protocol.Delivery;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.protocol.TurnSource;
import io.github.claudesessions.internal.protocol.Waiting;
import io.github.claudesessions.internal.supervision.Records.Remembered;
import io.github.claudesessions.message.Message;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One conversation of a fleet, which outlives its processes. Any thread may use it. */
public final class Member implements Conversation {
    /** More than the ladder of closing takes. */
    private static final Duration END = Duration.ofSeconds(15);

    private final String name;
    private final long order;
    private final Fleet fleet;
    private final FleetSettings settings;
    private final Timer timer;
    private final Memory memory;
    private final Listening listening = new Listening();
    private final Journal journal;
    private final Lifecycle lifecycle;
    private final @Nullable Duration maxAge;

    /**
     * @param fate what becomes of it when its process ends; told whether that was with exit code 0
     * @param lasting whether the next JVM can go on with it
     * @param before what an earlier JVM had, or null
     */
    Member(
            String name,
            boolean lasting,
            long order,
            Fleet fleet,
            Starter starter,
            Function<Boolean, Fate> fate,
            @Nullable Remembered before) {
        this.name = name;
        this.order = order;
        this.fleet = fleet;
        this.settings = fleet.settings();
        this.timer = settings.timer();
        this.memory = new Memory(name, starter, settings, before);
        this.journal = new Journal(name, fleet.records(), memory, lasting && settings.resume(), before);
        this.lifecycle = new Lifecycle(this, fleet, fate, starter.persistent() && settings.resume());
        this.maxAge = starter.maxAge();
    }

    /** It is one of the fleet's from now on: its age counts. */
    void begin() {
        Duration limit = maxAge;
        if (limit != null) {
            Duration left = limit.minus(memory.age());
            Timer.Alarm alarm = timer.after(
                    left.isNegative() ? Duration.ZERO : left,
                    () -> Thread.startVirtualThread(() -> lifecycle.retireLater(limit)));
            released().thenRun(alarm::cancel);
        }
    }

    // ---- use

    @Override
    public <T> T with(Function<? super SessionCore, T> call) {
        SessionCore core = lifecycle.acquire();
        try {
            return call.apply(core);
        } finally {
            lifecycle.release();
        }
    }

    @Override
    public TurnSource begin(JsonNode content, Delivery delivery) {
        Long deadline = null; // the time spent in the queue of a process that has ended then does not count
        while (true) {
            fleet.checkOpen();
            try {
                return with(core -> TurnSource.begin(core, content, delivery));
            } catch (TurnCutException e) {
                long now = timer.nanoTime();
                deadline = deadline == null ? now + settings.waitTimeout().toNanos() : deadline;
                if (e.fate() != PromptFate.NOT_SENT || now - deadline >= 0) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void checkOpen() {
        fleet.checkOpen();
    }

    @Override
    public boolean repeats(TurnCutException cut) {
        if (!settings.retryCutTurns() || cut.toolStarted()) {
            return false;
        }
        try {
            with(core -> core); // what the start of the next process has made of the prompt decides
        } catch (ClaudeException e) {
            cut.addSuppressed(e);
            return false;
        }
        boolean forgotten = cut.fate() == PromptFate.LOST
                || cut.promptUuid().map(memory::hasDropped).orElse(false);
        if (forgotten) {
            fleet.listener().repeated(this);
        }
        return forgotten;
    }

    @Override
    public Runnable onMessage(Consumer<? super Message> listener) {
        return listening.add(listener);
    }

    // ---- for its lifecycle

    /**
     * The next process, when it is ready, with a place among those that there may be: a spare one, or one that is started.
     * Without one, no place is taken.
     *
     * @param wanted is done when nobody wants it any more
     */
    SessionCore nextProcess(CompletableFuture<?> wanted) {
        SessionCore spare = memory.spare(this::attach);
        if (spare == null && !fleet.takeSlot(wanted)) {
            throw fleet.limitReached(this);
        }
        SessionCore core = spare == null ? startInSlot(wanted) : spare;
        try {
            journal.ready(core);
        } catch (RuntimeException | Error e) {
            core.released().thenRun(fleet::releaseSlot);
            core.closeLater();
            throw e;
        }
        return core;
    }

    /** The slot is free again when there is no process in it. */
    private SessionCore startInSlot(CompletableFuture<?> wanted) {
        AtomicReference<@Nullable SessionCore> opened = new AtomicReference<>();
        try {
            return fleet.throttled(() -> {
                if (wanted.isDone()) {
                    throw new SessionClosedException("session \"" + name + "\" was stopped meanwhile", null);
                }
                return memory.start(opening -> {
                    opened.set(opening);
                    attach(opening);
                });
            });
        } catch (RuntimeException | Error e) {
            SessionCore half = opened.get();
            if (half == null) {
                fleet.releaseSlot();
            } else {
                half.released().thenRun(fleet::releaseSlot);
            }
            throw e;
        }
    }

    private void attach(SessionCore process) {
        journal.opened(process);
        listening.attach(process);
    }

    /** A process is gone, and no other is there yet. */
    void processGone(SessionCore core) {
        journal.gone(core);
        listening.detach(core);
    }

    Lifecycle lifecycle() {
        return lifecycle;
    }

    // ---- what is known

    public String name() {
        return name;
    }

    /** When it was added, compared with others. */
    long order() {
        return order;
    }

    @Override
    public @Nullable SessionCore latest() {
        return lifecycle.core();
    }

    @Override
    public @Nullable String sessionId() {
        SessionCore core = lifecycle.core();
        String known = core == null ? null : core.facts().sessionId();
        return known == null ? memory.sessionId() : known;
    }

    @Override
    public Cost cost() {
        return lifecycle.still(core -> core == null
                ? memory.spent()
                : memory.spent().plus(core.ledgers().cost()));
    }

    @Override
    public @Nullable String over() {
        return lifecycle.state().over();
    }

    @Override
    public @Nullable String trouble() {
        return lifecycle.state().trouble();
    }

    public Snapshot snapshot() {
        return lifecycle.snapshot(sessionId());
    }

    // ---- the end

    @Override
    public void close() {
        closeLater();
        Waiting.settled(released(), END, timer);
    }

    /**
     * Ends it when its turns have ended; those that have not within {@code limit} are cut off. The caller has seen to it
     * that there are no further ones.
     */
    Drained drain(Duration limit) {
        SessionCore core = lifecycle.core();
        boolean cut = core != null && !core.finishTurns(limit);
        close();
        return new Drained(name, memory.resumable(), cut);
    }

    @Override
    public void closeLater() {
        lifecycle.closeLater();
    }

    /** Closes it here; the next JVM can go on with it. */
    public void closeKept() {
        journal.end();
        close();
    }

    Journal journal() {
        return journal;
    }

    @Override
    public CompletableFuture<Void> released() {
        return lifecycle.released();
    }
}
