package io.github.claudesessions;

import io.github.claudesessions.internal.supervision.Fleet;
import io.github.claudesessions.internal.supervision.MemoryWatch;
import io.github.claudesessions.internal.supervision.Probes;
import io.github.claudesessions.internal.supervision.Rounds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** What goes on beside the sessions of a supervisor, from its opening to its end. */
final class Operation implements AutoCloseable {
    private final Deque<Registration> running = new ArrayDeque<>();

    private Operation() {}

    /** Begins what {@code settings} ask for. */
    static Operation begin(OperationSetters settings, SessionSupervisor supervisor, Fleet fleet) {
        Operation operation = new Operation();
        Duration interval = settings.probeInterval;
        if (settings.jmxName != null) { // the only one that can fail
            operation.running.push(Jmx.register(settings.jmxName, supervisor));
        }
        if (interval != null) {
            Rounds probes = Probes.begin(fleet, interval, settings.probeTimeout);
            operation.running.push(probes::close);
        }
        if (settings.maxMemoryPerProcess != Long.MAX_VALUE || settings.maxMemory != Long.MAX_VALUE) {
            Rounds watch = MemoryWatch.begin(fleet, settings.maxMemoryPerProcess, settings.maxMemory, settings.memory);
            operation.running.push(watch::close);
        }
        return operation;
    }

    /** Ends it. */
    @Override
    public void close() {
        running.forEach(Registration::close);
    }
}
