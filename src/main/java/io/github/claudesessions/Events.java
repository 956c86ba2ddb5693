package io.github.claudesessions;

import io.github.claudesessions.internal.flight.Flight;
import io.github.claudesessions.internal.supervision.FleetListener;
import io.github.claudesessions.internal.supervision.Member;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what happens to supervised sessions, and tells the listeners in order, on a virtual thread that lives while there is something to tell. */
final class Events implements FleetListener {
    private static final Logger log = LoggerFactory.getLogger(SessionSupervisor.class);

    private final List<Consumer<? super SupervisorEvent>> listeners;
    private final LinkedBlockingQueue<SupervisorEvent> untold = new LinkedBlockingQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    private final EventCounts counts;

    Events(List<Consumer<? super SupervisorEvent>> listeners, EventCounts counts) {
        this.counts = counts;
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void started(Member member, boolean again) {
        log.debug("Session \"{}\" has a process{}", member.name(), again ? " again" : "");
        tell(new SupervisorEvent.Started(member.name(), again));
    }

    @Override
    public void restarting(Member member, Throwable cause, Duration delay) {
        log.warn("Session \"{}\" is restarted in {}: {}", member.name(), delay, cause.getMessage());
        tell(new SupervisorEvent.Restarting(member.name(), cause, delay));
    }

    @Override
    public void gaveUp(Member member, Throwable cause) {
        log.error("Session \"{}\" has failed too often and is given up: {}", member.name(), cause.getMessage());
        tell(new SupervisorEvent.GaveUp(member.name(), cause));
    }

    @Override
    public void hibernated(Member member) {
        log.debug("Session \"{}\" has given up its process until it is used", member.name());
        tell(new SupervisorEvent.Hibernated(member.name()));
    }

    @Override
    public void stopped(Member member, String reason) {
        log.debug("Session \"{}\" is over: {}", member.name(), reason);
        tell(new SupervisorEvent.Stopped(member.name(), reason));
    }

    @Override
    public void repeated(Member member) {
        log.info("A turn of session \"{}\" that was cut off is run again", member.name());
        tell(new SupervisorEvent.TurnRepeated(member.name()));
    }

    private void tell(SupervisorEvent event) {
        counts.add(event);
        record(event);
        if (listeners.isEmpty()) {
            return;
        }
        untold.add(event);
        if (pending.getAndIncrement() == 0) {
            Thread.ofVirtual().name("claude-sessions-events").start(this::tellAll);
        }
    }

    private static void record(SupervisorEvent event) {
        if (event instanceof SupervisorEvent.Restarting restart) {
            Flight.restart(restart.name(), restart.cause(), restart.delay());
        } else if (event instanceof SupervisorEvent.GaveUp end) {
            Flight.restart(end.name(), end.cause(), null);
        } else if (event instanceof SupervisorEvent.Hibernated) {
            Flight.evicted(event.name());
        }
    }

    private void tellAll() {
        do {
            SupervisorEvent event = untold.poll();
            for (Consumer<? super SupervisorEvent> listener : listeners) {
                try {
                    if (event != null) {
                        listener.accept(event);
                    }
                } catch (RuntimeException | Error e) {
                    log.warn("A listener of the supervisor failed", e);
                }
            }
        } while (pending.decrementAndGet() > 0);
    }
}
