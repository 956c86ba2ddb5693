package io.github.claudesessions;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.protocol.Waiting;
import io.github.claudesessions.internal.supervision.Fleet;
import io.github.claudesessions.internal.supervision.FleetSettings;
import io.github.claudesessions.internal.supervision.Member;
import io.github.claudesessions.internal.supervision.Records;
import io.github.claudesessions.internal.supervision.Spares;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps named sessions alive. A session whose process dies gets another one, which goes on with the same conversation
 * from where it was: the permission mode, the model, the MCP servers, the settings and the permission rules that were
 * changed at run time hold on. Callers wait for that, for at most {@code waitTimeout}; the handle of a session, its
 * listeners and its cost stay. A turn that was under way fails with a
 * {@link io.github.claudesessions.error.TurnCutException TurnCutException}, which says what became of its prompt.
 *
 * <p>With {@code idleTimeout} and {@code maxLive}, many conversations share few processes: one that is idle gives its
 * process up, and gets another when it is used.
 *
 * <p>Each session has a name, which is in use until the session is closed, terminated or over; a name that is in use, or
 * is not known, is an {@link IllegalArgumentException}. Sessions of the builder have their first process when {@link
 * Builder#open} returns, unless it is {@link Builder#lazy(boolean) lazy}. Restarts are counted for each session by itself:
 * one that is restarted with another, or by {@link #restart}, is not charged; an exit with code 0 of a {@linkplain
 * RestartPolicy#PERMANENT permanent} one is, as any other.
 *
 * <p>Any thread may call any method. {@link #close} ends all sessions, at the same time.
 *
 * {@snippet file="io/github/claudesessions/SupervisorReadmeTest.java" region="supervisor"}
 */
public final class SessionSupervisor implements AutoCloseable {
    private final Fleet fleet;
    private final EventCounts counts = new EventCounts();
    private final SupervisorChecks checks;
    private volatile @Nullable Operation operation;
    private final RestartPolicy restartPolicy;
    private final boolean resume;
    private final Map<SpareFingerprint, Spares> spares;
    private final Map<Member, ClaudeSession> handles = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();

    private SessionSupervisor(Builder builder) {
        FleetSettings settings = builder.settings();
        this.restartPolicy = builder.restartPolicy;
        this.resume = builder.resumeConversations;
        this.fleet = new Fleet(settings, new Events(builder.listeners, counts), Records.in(builder.stateFolder));
        this.spares = builder.keepSpares(fleet);
        this.checks = new SupervisorChecks(this, fleet, settings.maxLive());
    }

    /** A supervisor to be set up. */
    public static Builder builder() {
        return new Builder();
    }

    // ---- sessions

    /**
     * Adds a session, starts its process and waits until it is ready.
     *
     * @throws IllegalArgumentException if the name is in use, or the options can't be supervised
     * @throws io.github.claudesessions.error.ClaudeException if it can't be started; the name is free then
     */
    @CanIgnoreReturnValue
    public ClaudeSession start(String name, ClaudeOptions options) {
        return start(name, options, restartPolicy);
    }

    /** As {@link #start(String, ClaudeOptions)}, with a restart policy of its own. */
    @CanIgnoreReturnValue
    public ClaudeSession start(String name, ClaudeOptions options, RestartPolicy policy) {
        ClaudeSession session = add(name, options, policy);
        startNow(name);
        return session;
    }

    private void startNow(String name) {
        Member member = member(name);
        try {
            fleet.start(member);
        } catch (RuntimeException | Error e) {
            member.closeKept(); // another try, maybe in another JVM, may succeed
            throw e;
        }
    }

    private void startAll(List<String> names) {
        List<CompletableFuture<Void>> starts = names.stream()
                .map(name -> CompletableFuture.runAsync(() -> startNow(name), Thread::startVirtualThread))
                .toList();
        starts.forEach(start -> Waiting.await("the sessions", start));
    }

    /** Adds a session without a process: its first use starts one. */
    ClaudeSession add(String name, ClaudeOptions options, RestartPolicy policy) {
        Check.notBlank("name", name);
        Check.notNull("policy", policy);
        check(options);
        NeverAsked.warn(options);
        Continuation starter = starter(options);
        Member member = fleet.add(name, starter, policy::fate);
        ClaudeSession session = new ClaudeSession(member, options, () -> {});
        handles.put(member, session);
        member.released().thenRun(() -> handles.remove(member));
        return session;
    }

    private Continuation starter(ClaudeOptions options) {
        return new Continuation(options, spares.isEmpty() ? null : spares.get(SpareFingerprint.of(options)));
    }

    private void check(ClaudeOptions options) {
        Check.notNull("options", options);
        Check.that(
                options.persistSession() || !resume,
                "persistSession must be true, was %s: a conversation that is not kept can't be resumed; or say"
                        + " resumeConversations(false)",
                options.persistSession());
    }

    /**
     * Ends a session and its process, as {@link ClaudeSession#close} does; its name is free then, and a state folder
     * forgets it.
     *
     * @throws IllegalArgumentException if there is no session of that name
     */
    public void terminate(String name) {
        member(name).close();
    }

    /**
     * Gives a session another process, in an orderly way, and waits for it. One that has given up is taken up again, and
     * its earlier failures are forgotten.
     *
     * @throws IllegalArgumentException if there is no session of that name
     */
    public void restart(String name) {
        fleet.restart(member(name), "the session is restarted");
    }

    /**
     * The session of that name, also while it has no process. Closing it is {@link #terminate}.
     *
     * @throws IllegalArgumentException if there is no session of that name
     */
    public ClaudeSession session(String name) {
        return find(name).orElseThrow(() -> unknown(name));
    }

    /** The session of that name, if there is one. */
    public Optional<ClaudeSession> find(String name) {
        return Optional.ofNullable(fleet.find(Check.notNull("name", name))).map(handles::get);
    }

    private Member member(String name) {
        Member member = fleet.find(Check.notNull("name", name));
        if (member == null) {
            throw unknown(name);
        }
        return member;
    }

    private IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException(
                "name must be that of a session, was \"%s\"; there are %d sessions".formatted(name, fleet.count()));
    }

    /** All sessions, in the order in which they were added. */
    public List<SessionStatus> list() {
        Instant now = InstantSource.system().instant();
        return fleet.members().stream()
                .map(member -> SessionStatus.of(member.snapshot(), now))
                .toList();
    }

    /** How many sessions there are, with a process or without. */
    public int count() {
        return fleet.count();
    }

    /**
     * How many processes there are, spare ones and those that are starting or ending included; never more than {@code
     * maxLive}.
     */
    public int processes() {
        return fleet.processes();
    }

    /** How many spare processes are ready. */
    public int spares() {
        return spares.values().stream().mapToInt(Spares::ready).sum();
    }

    /**
     * How the supervisor is, and its sessions by numbers; takes no longer than 5 seconds, usually less than one
     * millisecond. {@link ClaudeSession#health} and {@link ClaudeSession#probe} tell of a single session.
     */
    public SupervisorHealth health() {
        return checks.health();
    }

    /** What has happened to sessions so far, by numbers. */
    public SupervisorTotals totals() {
        return counts.totals();
    }

    /** How many sessions wait for a process, because there are {@code maxLive}. */
    public int waiting() {
        return fleet.waiting();
    }

    // ---- turns

    /** {@code session(name).query(prompt)}. */
    public ResultMessage query(String name, String prompt) {
        return session(name).query(prompt);
    }

    /** {@code session(name).query(prompt, type)}. */
    public <T> T query(String name, String prompt, Class<T> type) {
        return session(name).query(prompt, type);
    }

    /** {@code session(name).stream(prompt)}. */
    public Stream<Message> stream(String name, String prompt) {
        return session(name).stream(prompt);
    }

    /** {@code session(name).streamText(prompt)}. */
    public Stream<String> streamText(String name, String prompt) {
        return session(name).streamText(prompt);
    }

    // ---- patterns

    /**
     * Runs {@code work} with a session of its own, which is closed afterwards. It counts as the others do for
     * {@code maxLive}, has no name, and is not restarted.
     */
    public <T> T perRequest(ClaudeOptions options, Function<? super ClaudeSession, T> work) {
        check(options);
        NeverAsked.warn(options);
        Check.notNull("work", work);
        Member member = fleet.addNameless("request " + requests.incrementAndGet(), starter(options));
        try {
            fleet.start(member);
            return work.apply(new ClaudeSession(member, options, () -> {}));
        } finally {
            member.closeLater();
        }
    }

    /**
     * The session of a user: the one that there is, or a new one. Its process starts at its first use. {@code
     * perUser(id, options).linkTo(owner)} closes it when its owner ends.
     *
     * @param userId the user, which is also the name of the session
     * @param options for a new one; if there is one already they are not used
     */
    public ClaudeSession perUser(String userId, ClaudeOptions options) {
        while (true) {
            Optional<ClaudeSession> session = find(userId);
            if (session.isPresent()) {
                return session.get();
            }
            try {
                return add(userId, options, RestartPolicy.TRANSIENT);
            } catch (IllegalArgumentException e) {
                if (fleet.find(userId) == null) {
                    throw e;
                }
            }
        }
    }

    // ---- the end

    /**
     * Ends all sessions in an orderly way: from now on nothing new is begun, callers get a {@link
     * io.github.claudesessions.error.SessionClosedException SessionClosedException}; turns that are under way, those that
     * wait for them and sent prompts may go on until the deadline, and are interrupted then; all processes are ended, each
     * as soon as its turns are. Takes the time until the deadline at most, some seconds for what does not let itself be
     * interrupted, and as long as {@link #close}. Background work of sessions is not waited for. Not to be called by the
     * code that handles a message of a session: it would wait for itself until the deadline.
     *
     * @param deadline how long turns may go on, from now; zero interrupts them at once
     * @return the sessions, in the order in which they were added; an empty list the second time
     */
    @CanIgnoreReturnValue
    public List<DrainedSession> drain(Duration deadline) {
        Check.notNegative("deadline", deadline);
        return fleet.drain(deadline).stream().map(DrainedSession::of).toList();
    }

    /**
     * Ends all sessions at the same time, turns that are under way included, and waits until their processes are gone;
     * bounded as {@link ClaudeSession#close} is. A state folder keeps them. Idempotent.
     */
    @Override
    public void close() {
        Operation beside = operation;
        if (beside != null) {
            beside.close();
        }
        fleet.close();
    }

    /** How many sessions and processes there are. */
    @Override
    public String toString() {
        return "SessionSupervisor[%d sessions, %d processes]".formatted(count(), processes());
    }

    /** Collects the rules of a supervisor. Not safe for use by several threads. */
    public static final class Builder extends OperationSetters {
        private int maxRestarts = 3;
        private Duration within = Duration.ofSeconds(5);
        private Backoff backoff = Backoff.exponential(Duration.ofMillis(100), Duration.ofSeconds(30))
                .withJitter(0.2);
        private RestartPolicy restartPolicy = RestartPolicy.PERMANENT;
        private RestartStrategy strategy = RestartStrategy.ONE_FOR_ONE;
        private boolean resumeConversations = true;
        private boolean retryCutTurns;
        private boolean lazy;
        private Timer timer = Timer.system();
        private final List<Consumer<? super SupervisorEvent>> listeners = new ArrayList<>();
        private final Map<String, ClaudeOptions> sessions = new LinkedHashMap<>();

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** How many restarts a session may have {@link #within} a time before it is given up; 0 for none. Default: 3. */
        public Builder maxRestarts(int maxRestarts) {
            this.maxRestarts = Check.atLeast("maxRestarts", 0, maxRestarts);
            return this;
        }

        /** The time in which restarts are counted, for each session by itself. Default: 5 seconds. */
        public Builder within(Duration within) {
            this.within = Check.positive("within", within);
            return this;
        }

        /**
         * The pauses before restarts. Pauses that are longer than {@link #within} divided by {@link #maxRestarts} keep a
         * session from ever being given up. Default: from 100 ms to 30 s, doubling, with a jitter of 20 %.
         */
        public Builder backoff(Backoff backoff) {
            this.backoff = Check.notNull("backoff", backoff);
            return this;
        }

        /** What to do when a process ends by itself, for sessions that say nothing else. Default: permanent. */
        public Builder restartPolicy(RestartPolicy policy) {
            this.restartPolicy = Check.notNull("restartPolicy", policy);
            return this;
        }

        /** Which sessions are restarted when one has failed. Default: that one. */
        public Builder strategy(RestartStrategy strategy) {
            this.strategy = Check.notNull("strategy", strategy);
            return this;
        }

        /**
         * Whether a new process goes on with the conversation. If not, it begins a new one, and idle processes are not
         * given up. Default: true.
         */
        public Builder resumeConversations(boolean resume) {
            this.resumeConversations = resume;
            return this;
        }

        /**
         * Whether {@code query} runs a turn again that lost its process before a tool had been called, when the
         * conversation can be brought back to where it was before the prompt; the model sees the prompt once then. If it
         * was the first prompt of the conversation, its transcript is put aside with {@code .cut} at the end of its name.
         * Streams are not repeated: what they have
         * delivered can't be taken back. Default: false.
         */
        public Builder retryCutTurns(boolean retry) {
            this.retryCutTurns = retry;
            return this;
        }

        /** Whether the sessions of the builder get their first process when they are first used. Default: false. */
        public Builder lazy(boolean lazy) {
            this.lazy = lazy;
            return this;
        }

        /**
         * Tells {@code listener} what happens to sessions, in order, on a virtual thread. What it throws is logged. Can be
         * called several times.
         */
        public Builder onEvent(Consumer<? super SupervisorEvent> listener) {
            listeners.add(Check.notNull("listener", listener));
            return this;
        }

        /**
         * Adds a session.
         *
         * @throws IllegalArgumentException if there is one of that name
         */
        public Builder session(String name, ClaudeOptions options) {
            Check.notBlank("name", name);
            Check.notNull("options", options);
            Check.that(sessions.putIfAbsent(name, options) == null, "there is a session \"%s\" already", name);
            return this;
        }

        /** With another clock. */
        Builder timer(Timer timer) {
            this.timer = timer;
            return this;
        }

        private FleetSettings settings() {
            Duration stuck = stuckTimeout == null && idleTimeout != null ? idleTimeout.multipliedBy(10) : stuckTimeout;
            return new FleetSettings(
                    maxRestarts,
                    within,
                    backoff::delay,
                    strategy::restarts,
                    resumeConversations,
                    retryCutTurns,
                    idleTimeout,
                    stuck,
                    maxLive,
                    maxStarting,
                    waitTimeout,
                    timer);
        }

        /**
         * Starts the sessions, at most {@link #maxLive(int)} of them, and waits until they are ready.
         *
         * @throws io.github.claudesessions.error.LaunchException if the state folder can't be used
         * @throws io.github.claudesessions.error.ClaudeException if one can't be started; the others are closed then
         */
        public SessionSupervisor open() {
            SessionSupervisor supervisor = new SessionSupervisor(this);
            try {
                supervisor.operation = Operation.begin(this, supervisor, supervisor.fleet);
                sessions.forEach((name, options) -> supervisor.add(name, options, restartPolicy));
                if (!lazy) {
                    supervisor.startAll(
                            sessions.keySet().stream().limit(maxLive).toList());
                }
                supervisor.fleet.startSpares();
                return supervisor;
            } catch (RuntimeException | Error e) {
                supervisor.close();
                throw e;
            }
        }
    }
}
