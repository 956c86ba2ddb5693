package io.github.claudesessions;

import java.util.concurrent.atomic.LongAdder;

/** Counts events. Any thread. */
final class EventCounts {
    private final LongAdder started = new LongAdder();
    private final LongAdder restarting = new LongAdder();
    private final LongAdder gaveUp = new LongAdder();
    private final LongAdder hibernated = new LongAdder();
    private final LongAdder stopped = new LongAdder();
    private final LongAdder turnsRepeated = new LongAdder();

    void add(SupervisorEvent event) {
        if (event instanceof SupervisorEvent.Started) {
            started.increment();
        } else if (event instanceof SupervisorEvent.Restarting) {
            restarting.increment();
        } else if (event instanceof SupervisorEvent.GaveUp) {
            gaveUp.increment();
        } else if (event instanceof SupervisorEvent.Hibernated) {
            hibernated.increment();
        } else if (event instanceof SupervisorEvent.Stopped) {
            stopped.increment();
        } else if (event instanceof SupervisorEvent.TurnRepeated) {
            turnsRepeated.increment();
        }
    }

    SupervisorTotals totals() {
        return new SupervisorTotals(
                started.sum(), restarting.sum(), gaveUp.sum(), hibernated.sum(), stopped.sum(), turnsRepeated.sum());
    }
}
