package io.github.claudesessions.internal.supervision;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.control.Cost;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.PromptFate;
import io.github.claudesessions.error.TurnCutException;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.protocol.Changes;
import io.github.claudesessions.internal.protocol.Continuity;
import io.github.claudesessions.internal.protocol.CutTurns;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.protocol.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a conversation takes from one process to the next. Any thread. */
final class Memory implements CutTurns {
    /** More than the ladder of closing takes. */
    private static final Duration END = Duration.ofSeconds(15);

    private final String name;
    private final Starter starter;
    private final FleetSettings settings;
    private final Timer timer;
    private final long opened;

    @GuardedBy("this")
    private @Nullable String sessionId;

    /** Whether a turn has ended, so that the conversation must be there. */
    @GuardedBy("this")
    private boolean spoken;

    private final Instant openedAt;

    @GuardedBy("this")
    private @Nullable Changes changes;

    /** Whether those are of a process with the same options, and not of another JVM. */
    @GuardedBy("this")
    private boolean sameOptions;

    @GuardedBy("this")
    private Cost spent;

    @GuardedBy("this")
    private CutTurns.@Nullable Cut cut;

    @GuardedBy("this")
    private final Set<String> dropped = new HashSet<>();

    Memory(String name, Starter starter, FleetSettings settings, Records.@Nullable Remembered before) {
        this.name = name;
        this.starter = starter;
        this.settings = settings;
        this.timer = settings.timer();
        this.sessionId = before == null ? null : before.sessionId();
        this.spoken = before != null && before.spoken();
        this.changes = before == null ? null : Changes.fromJson(before.changes());
        this.spent = before == null ? Cost.NONE : before.spent();
        Instant now = InstantSource.system().instant();
        this.openedAt = before == null || before.opened().isAfter(now) ? now : before.opened();
        this.opened = timer.nanoTime() - Duration.between(openedAt, now).toNanos();
    }

    /** How long ago the conversation was opened. */
    Duration age() {
        return Duration.ofNanos(timer.nanoTime() - opened);
    }

    /**
     * What the next JVM has to know.
     *
     * @param live the process that there is, or null
     */
    synchronized Records.Remembered remembered(String id, boolean said, @Nullable SessionCore live) {
        Changes latest = live == null ? changes : live.changes();
        return new Records.Remembered(
                id,
                said,
                (latest == null ? new Changes() : latest).toJson(),
                live == null ? spent : spent.plus(live.ledgers().cost()),
                openedAt);
    }

    /** Starts the next process and waits until it is ready. */
    SessionCore start(Consumer<? super SessionCore> prepare) {
        Resumption from = resumption();
        SessionCore core = starter.start(from, new Continuity(this, spent(), age()), prepare);
        noteDropped(from.dropped());
        return core;
    }

    /** A process that is ready already, for a conversation that has had none yet; null if there is none. */
    @Nullable
    SessionCore spare(Consumer<? super SessionCore> prepare) {
        return begins() ? starter.spare(new Continuity(this, Cost.NONE, Duration.ZERO), prepare) : null;
    }

    private synchronized boolean begins() {
        return sessionId == null && changes == null;
    }

    private synchronized void noteDropped(Resumption.@Nullable Dropped turn) {
        if (turn != null) {
            dropped.add(turn.promptUuid());
        }
    }

    private synchronized Resumption resumption() {
        CutTurns.Cut last = cut;
        cut = null; // holds the dead process
        String id = sessionId;
        if (!settings.resume() || id == null) {
            return new Resumption(null, false, changes, sameOptions, null);
        }
        Transcripts transcripts = starter.transcripts();
        String uuid = toBeDropped(last);
        Transcripts.Place place = transcripts == null || uuid == null ? null : transcripts.find(id, uuid);
        if (transcripts == null || uuid == null || place == null) {
            return new Resumption(id, there(id, transcripts), changes, sameOptions, null);
        }
        if (place.first() && transcripts.putAside(id)) {
            dropped.add(uuid);
            return new Resumption(id, false, changes, sameOptions, null);
        }
        String before = place.before();
        return new Resumption(
                id, true, changes, sameOptions, before == null ? null : new Resumption.Dropped(uuid, before));
    }

    /** A turn that will be run again must not be there twice. It is tried once: the CLI may refuse it. */
    @GuardedBy("this")
    private @Nullable String toBeDropped(CutTurns.@Nullable Cut last) {
        if (!settings.retryCutTurns() || last == null || !last.repeatable() || last.toolStarted()) {
            return null;
        }
        return last.promptUuid();
    }

    /** Whether the conversation has forgotten the prompt, so that it can be sent again. */
    synchronized boolean hasDropped(String promptUuid) {
        return dropped.remove(promptUuid);
    }

    /** The process is gone. */
    synchronized void keep(SessionCore core) {
        spent = spent.plus(core.ledgers().cost());
        spoken |= core.ledgers().cost().turns() > 0;
        changes = core.changes();
        sameOptions = true;
        String id = core.facts().sessionId();
        sessionId = id == null ? sessionId : id;
    }

    synchronized @Nullable String sessionId() {
        return sessionId;
    }

    /** The id of the conversation if there is something to be resumed, or null. */
    @Nullable
    String resumable() {
        String id = sessionId();
        return id != null && there(id, starter.transcripts()) && starter.persistent() ? id : null;
    }

    /** Whether there is something to be resumed. */
    private boolean there(String id, @Nullable Transcripts transcripts) {
        return transcripts == null ? spoken() : transcripts.has(id);
    }

    private synchronized boolean spoken() {
        return spoken;
    }

    /** What the processes that are gone have spent. */
    synchronized Cost spent() {
        return spent;
    }

    // ---- turns that were cut off

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void note(Cut turn) {
        cut = turn;
    }

    @Override
    public ClaudeException explain(ClaudeException cause, Cut turn) {
        String id = turn.core().facts().sessionId();
        PromptFate fate = fate(turn, id);
        return new TurnCutException(
                "session \"%s\" has lost its process in the middle of a turn (%s); %s"
                        .formatted(name, cause.getMessage(), text(fate)),
                fate,
                id,
                turn.promptUuid(),
                turn.toolStarted(),
                cause);
    }

    private PromptFate fate(Cut turn, @Nullable String id) {
        String uuid = turn.promptUuid();
        if (uuid == null) {
            return PromptFate.NOT_SENT;
        }
        Transcripts transcripts = starter.transcripts();
        if (transcripts == null || id == null || !Waiting.settled(turn.core().released(), END, timer)) {
            return PromptFate.UNKNOWN;
        }
        return transcripts.find(id, uuid) == null ? PromptFate.LOST : PromptFate.KEPT;
    }

    private static String text(PromptFate fate) {
        return switch (fate) {
            case NOT_SENT -> "the prompt was not sent";
            case LOST -> "the conversation does not have the prompt";
            case KEPT -> "the conversation has the prompt";
            case UNKNOWN -> "whether the conversation has the prompt is not known";
        };
    }
}
