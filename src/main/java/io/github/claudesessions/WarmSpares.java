package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.protocol.CutTurns;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.protocol.Waiting;
import io.github.claudesessions.internal.supervision.SpareRoom;
import io.github.claudesessions.internal.supervision.Spares;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Processes that are started and initialised before anybody wants them, so that a session begins without the wait for
 * its process. While such a pool is open, {@link Claude} and {@link ClaudeSession#open(ClaudeOptions)} take one from it
 * when their options are those of the pool: equal values, and the very same objects as handlers, hooks, tool servers and
 * listeners. Each is handed out once, with a conversation, an id, a private folder and a cost of its own. When none is
 * ready, a process is started as without a pool. Sessions of a {@link SessionSupervisor} have spare processes of their
 * own, which count for {@code maxLive}: {@link SessionSupervisor.Builder#warmSpares(ClaudeOptions, int) warmSpares}.
 *
 * <p>One that has ended, does not answer within 2 seconds, is older than {@code maxAge}, or was started from another CLI
 * file or in another working directory than there is now under that name is never handed out; it is asked at that moment.
 * One that ends after that fails its first call as any process that has ended does, with a
 * {@link io.github.claudesessions.error.ProcessExitedException ProcessExitedException}. What a process reads when it
 * starts, such as settings files, it has as it was then; MCP servers run with it, and {@code SessionStart} hooks of
 * settings run when it starts, also if nobody takes it.
 *
 * <p>The pool is refilled in the background, as many starts at a time as there are cores, with pauses from half a second
 * to a minute when they fail, which the log tells. A spare process sends nothing to the model and spends no token; it
 * takes memory as any session does, about 170 MB. All are ended by {@link #close} and with the JVM. Safe for use by
 * several threads; waiting costs no platform thread.
 *
 * {@snippet file="io/github/claudesessions/functional/WarmSparesOnCliTest.java" region="warm"}
 */
public final class WarmSpares implements AutoCloseable {
    /** How old a spare process may get, unless something else is said: 10 minutes. */
    public static final Duration MAX_AGE = Duration.ofMinutes(10);

    private static final Map<SpareFingerprint, List<Spares>> POOLS = new ConcurrentHashMap<>();
    private static final Backoff BACKOFF =
            Backoff.exponential(Duration.ofMillis(500), Duration.ofMinutes(1)).withJitter(0.2);

    private final SpareFingerprint fingerprint;
    private final int count;
    private final Spares pool;

    private WarmSpares(ClaudeOptions options, int count, Duration maxAge, Timer timer) {
        SpareFingerprint.check(options);
        this.fingerprint = SpareFingerprint.of(options);
        this.count = Check.atLeast("count", 1, count);
        this.pool = new Spares(
                new SpareLauncher(options),
                new Unlimited(),
                count,
                Unlimited.STARTS,
                Rules.timeout("maxAge", maxAge),
                BACKOFF::delay,
                timer);
    }

    /**
     * Keeps processes ready, none older than {@link #MAX_AGE}. Returns at once.
     *
     * @param options those of the sessions that are to come; not with what is about one conversation ({@code resume},
     *     {@code sessionId}, {@code title}, {@code traceContext} and the like), nor with a time that counts from the
     *     start of the process ({@code sessionTimeout}, {@code Budget.time})
     * @param count how many, at least 1
     * @throws IllegalArgumentException if no spare process can serve such options; it names the option
     */
    public static WarmSpares of(ClaudeOptions options, int count) {
        return of(options, count, MAX_AGE);
    }

    /** As {@link #of(ClaudeOptions, int)}, with another limit of age, from 1 ms. */
    public static WarmSpares of(ClaudeOptions options, int count, Duration maxAge) {
        return of(options, count, maxAge, Timer.system());
    }

    static WarmSpares of(ClaudeOptions options, int count, Duration maxAge, Timer timer) {
        WarmSpares spares = new WarmSpares(options, count, maxAge, timer);
        POOLS.merge(
                spares.fingerprint,
                List.of(spares.pool),
                (some, others) -> Stream.concat(some.stream(), others.stream()).toList());
        spares.pool.refill();
        return spares;
    }

    /** A process that is ready for a session with these options, or null. It is the caller's. */
    static @Nullable SessionCore take(ClaudeOptions options) {
        if (POOLS.isEmpty()) {
            return null;
        }
        for (Spares pool : POOLS.getOrDefault(SpareFingerprint.of(options), List.of())) {
            SessionCore spare = pool.take(CutTurns.PLAIN, core -> {});
            if (spare != null) {
                return spare;
            }
        }
        return null;
    }

    /** How many processes are ready now. */
    public int ready() {
        return pool.ready();
    }

    /**
     * Waits until all processes are ready. When they can't be started the log says why.
     *
     * @return false if they are not within {@code limit}, or the pool is closed
     */
    public boolean awaitReady(Duration limit) {
        return pool.awaitReady(Rules.timeout("limit", limit));
    }

    /**
     * Ends the processes that nobody has taken and waits until they are gone, at most about 15 seconds. Sessions that
     * have taken one go on. Idempotent.
     */
    @Override
    public void close() {
        POOLS.computeIfPresent(fingerprint, (key, pools) -> {
            List<Spares> others = pools.stream().filter(other -> other != pool).toList();
            return others.isEmpty() ? null : others;
        });
        pool.close();
    }

    /** How many are ready. */
    @Override
    public String toString() {
        return "WarmSpares[%d of %d ready]".formatted(ready(), count);
    }

    /** Only the starts are limited, those of all pools together. */
    private static final class Unlimited implements SpareRoom {
        static final int STARTS = Runtime.getRuntime().availableProcessors();

        private static final Semaphore STARTING = new Semaphore(STARTS, true);

        @Override
        public boolean take() {
            return true;
        }

        @Override
        public void release() {}

        @Override
        public <T> T throttled(Supplier<T> start) {
            try {
                STARTING.acquire();
            } catch (InterruptedException e) {
                throw Waiting.interrupted("the start of other spare processes", e);
            }
            try {
                return start.get();
            } finally {
                STARTING.release();
            }
        }

        @Override
        public void opened(SessionCore process) {}
    }
}
