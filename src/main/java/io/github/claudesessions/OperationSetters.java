package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.process.Resident;
import java.time.Duration;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How a supervisor watches its processes, and how an operator sees it: a part of its builder. */
abstract sealed class OperationSetters extends CapacitySetters permits SessionSupervisor.Builder {
    @Nullable
    Duration probeInterval;

    Duration probeTimeout = Duration.ofSeconds(10);
    long maxMemoryPerProcess = Long.MAX_VALUE;
    long maxMemory = Long.MAX_VALUE;
    Supplier<LongUnaryOperator> memory = () -> Resident.now()::bytes;

    @Nullable
    String jmxName;

    OperationSetters() {}

    /**
     * How often the processes of sessions without a turn are asked whether they are there, by something small that costs
     * no tokens. One that does not answer within {@link #probeTimeout(Duration)} is replaced, and that counts as a failure, as if it
     * had ended by itself; a turn that has begun meanwhile is cut off. A probe does not count as a use of the session. A
     * turn is watched by the time limits of its options. Default: never.
     */
    public SessionSupervisor.Builder probeInterval(Duration interval) {
        probeInterval = Rules.timeout("probeInterval", interval);
        return self();
    }

    /** How long a process may take to answer a probe. Default: 10 seconds. */
    public SessionSupervisor.Builder probeTimeout(Duration timeout) {
        probeTimeout = Rules.timeout("probeTimeout", timeout);
        return self();
    }

    /**
     * How much memory the process of a session may have in use, with the processes that it has started, as the system
     * counts it: pages that they share count in each. It is looked at every 5 seconds. One that has more gives its process
     * up as soon as it is idle, and gets another at its next use; one that has more than twice as much is ended even in
     * the middle of a turn, which counts as a failure. A session that can't be resumed loses its process in the second
     * case only. Only Linux tells it; elsewhere this has no effect. Default: no limit.
     *
     * @param bytes more than 0; a process of the CLI begins with some 200 MB
     */
    public SessionSupervisor.Builder maxMemoryPerProcess(long bytes) {
        maxMemoryPerProcess = positive("maxMemoryPerProcess", bytes);
        return self();
    }

    /**
     * How much memory all processes together may have in use, counted and looked at as for {@link #maxMemoryPerProcess(long)}.
     * Over that, idle sessions give their processes up, the least recently used first, until the rest has less; new ones
     * are not held back. Only Linux tells it; elsewhere this has no effect. Default: no limit.
     *
     * @param bytes more than 0
     */
    public SessionSupervisor.Builder maxMemory(long bytes) {
        maxMemory = positive("maxMemory", bytes);
        return self();
    }

    private static long positive(String name, long bytes) {
        Check.that(bytes > 0, "%s must be more than 0, was %s", name, bytes);
        return bytes;
    }

    /**
     * Registers a {@link SupervisorMXBean} with the platform's MBean server, as
     * {@code io.github.claudesessions:type=SessionSupervisor,name="…"}, until the supervisor is closed. Whoever may use
     * the bean can restart and end sessions; it shows their names and process ids, and nothing that they said. Needs the
     * module {@code java.management}. Default: none.
     *
     * @param name tells supervisors of one JVM apart; opening fails if it is in use
     */
    public SessionSupervisor.Builder jmx(String name) {
        jmxName = Check.notBlank("jmx", name);
        return self();
    }

    /** With another view of the memory in use. */
    SessionSupervisor.Builder memory(LongUnaryOperator bytesOfPid) {
        memory = () -> bytesOfPid;
        return self();
    }
}
