package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.supervision.Fleet;
import io.github.claudesessions.internal.supervision.Spares;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How many processes the sessions of a supervisor share, for how long, and what is left to the next JVM: a part of its builder. */
abstract sealed class CapacitySetters permits OperationSetters {
    @Nullable
    Duration idleTimeout;

    @Nullable
    Duration stuckTimeout;

    int maxLive = Integer.MAX_VALUE;
    int maxStarting = Runtime.getRuntime().availableProcessors();
    Duration waitTimeout = Duration.ofSeconds(60);

    private final Map<SpareFingerprint, Function<Fleet, Spares>> spares = new HashMap<>();

    @Nullable
    Path stateFolder;

    CapacitySetters() {}

    abstract SessionSupervisor.Builder self();

    /**
     * How long a session may be idle, in the sense of {@link ClaudeSession#isIdle}, before its process is ended; the
     * next use starts another. Default: no limit.
     */
    public SessionSupervisor.Builder idleTimeout(Duration timeout) {
        idleTimeout = Check.positive("idleTimeout", timeout);
        return self();
    }

    /**
     * How long a process that nobody uses may keep itself from being idle, by a background task that does not end,
     * before it is ended nevertheless. Default: ten times the idle timeout, if there is one.
     */
    public SessionSupervisor.Builder stuckTimeout(Duration timeout) {
        stuckTimeout = Check.positive("stuckTimeout", timeout);
        return self();
    }

    /**
     * How many processes there may be at a time. Those of idle sessions give way to others, the least recently used
     * first; callers queue, in order, for at most {@link #waitTimeout(Duration)}. Default: no limit.
     */
    public SessionSupervisor.Builder maxLive(int processes) {
        maxLive = Check.atLeast("maxLive", 1, processes);
        return self();
    }

    /** How many processes may be starting at a time. Default: the number of cores. */
    public SessionSupervisor.Builder maxStarting(int processes) {
        maxStarting = Check.atLeast("maxStarting", 1, processes);
        return self();
    }

    /** {@code warmSpares(options, count, WarmSpares.MAX_AGE)}. */
    public SessionSupervisor.Builder warmSpares(ClaudeOptions options, int count) {
        return warmSpares(options, count, WarmSpares.MAX_AGE);
    }

    /**
     * Keeps processes ready for sessions with these options that begin, whatever method adds them, as {@link WarmSpares}
     * does. They count for {@link #maxLive(int)} and give way before any session does; they are kept only while all of
     * them find room in {@link SessionSupervisor.Builder#maxMemory(long)}, counted with 256 MB each. A session that
     * goes on with a conversation, as after a restart or a time without process, does not get one. The last call for the
     * same options holds. Default: none.
     *
     * @param count how many, at least 1
     * @param maxAge how old one may get before it is replaced
     * @throws IllegalArgumentException if no spare process can serve such options; it names the option
     */
    public SessionSupervisor.Builder warmSpares(ClaudeOptions options, int count, Duration maxAge) {
        SpareFingerprint.check(options);
        Check.atLeast("count", 1, count);
        Rules.timeout("maxAge", maxAge);
        spares.put(SpareFingerprint.of(options), fleet -> fleet.keepSpares(new SpareLauncher(options), count, maxAge));
        return self();
    }

    /** The spare processes that were asked for. */
    Map<SpareFingerprint, Spares> keepSpares(Fleet fleet) {
        Map<SpareFingerprint, Spares> started = new HashMap<>();
        spares.forEach((fingerprint, keep) -> started.put(fingerprint, keep.apply(fleet)));
        return started;
    }

    /** How long a caller waits for a process, or for a restart that is under way. Default: 60 seconds. */
    public SessionSupervisor.Builder waitTimeout(Duration timeout) {
        waitTimeout = Check.positive("waitTimeout", timeout);
        return self();
    }

    /**
     * A folder that belongs to this user alone, made if it is not there, in which a supervisor leaves to that of the
     * next JVM what it needs. {@link SessionSupervisor.Builder#open} ends what a JVM that was killed has left running,
     * on Linux with all that these processes started. A session that is added under a name goes on with the
     * conversation that the name had, in so far as it is on disk and the options name no other. What was changed at run
     * time comes with it, as over a restart: permission mode, model, thinking, MCP servers, flag settings, the
     * permission rules and folders of the session, the working folder; so do what was spent, for budgets too, and the
     * age. It is on disk when the call that changes it returns; of what was spent, the turn that was under way when the
     * JVM was killed is missing. What nobody changed is that of the options, which may be others by then. Closing the
     * supervisor keeps names; a session that is closed or terminated, or that is over by its restart policy, is
     * forgotten.
     *
     * <p>Nothing of the options is in the folder, and no prompt or answer. But rules are, with the commands that they are
     * about, and MCP servers and flag settings that were set at run time, with the headers and variables that they have, and with such servers those of the options that
     * have tool policies. The files have the mode 0600 as the folder has 0700; a secret that must not be on disk belongs
     * in the options. A record that is damaged, or of another version of this library, lets nothing begin under its name: adding
     * the session throws a {@link io.github.claudesessions.error.LaunchException LaunchException} that names the file,
     * because what was forbidden at run time is not known. The other names go on.
     *
     * <p>One supervisor at a time uses a folder. What was started in another container, of which nothing can be told
     * from here, is left alone. Needs a file system with POSIX permissions. Default: none.
     */
    public SessionSupervisor.Builder stateFolder(Path folder) {
        stateFolder = Check.notNull("folder", folder).toAbsolutePath().normalize();
        return self();
    }
}
