package io.github.claudesessions.micrometer;

import io.github.claudesessions.SessionStatus;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.SupervisorTotals;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * The numbers of a {@link SessionSupervisor}, read when they are asked for.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>kind</th><th>what</th></tr>
 * <tr><td>{@code claude.sessions}</td><td>gauge</td><td>sessions, by {@code state}</td></tr>
 * <tr><td>{@code claude.processes}</td><td>gauge</td><td>processes</td></tr>
 * <tr><td>{@code claude.waiting}</td><td>gauge</td><td>sessions that wait for a process</td></tr>
 * <tr><td>{@code claude.session.events}</td><td>counter</td><td>{@link SupervisorTotals}, by {@code event}</td></tr>
 * </table>
 *
 * <p>No name of a session is in them. The registry does not keep the supervisor alive. Any thread.
 *
 * {@snippet file="io/github/claudesessions/SupervisorMetricsTest.java" region="metrics"}
 */
public final class SupervisorMetrics implements MeterBinder {
    private final SessionSupervisor supervisor;
    private final List<Tag> tags;

    /**
     * For one supervisor.
     *
     * @param supervisor the supervisor
     * @param tags added to each meter, to tell supervisors apart
     */
    public SupervisorMetrics(SessionSupervisor supervisor, Tag... tags) {
        this.supervisor = supervisor;
        this.tags = List.of(tags);
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (SessionStatus.State state : SessionStatus.State.values()) {
            Gauge.builder("claude.sessions", supervisor, its -> count(its, state))
                    .description("Sessions")
                    .tags(tags)
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder("claude.processes", supervisor, SessionSupervisor::processes)
                .description("Processes, those that are starting or ending included")
                .tags(tags)
                .register(registry);
        Gauge.builder("claude.waiting", supervisor, SessionSupervisor::waiting)
                .description("Sessions that wait for a process")
                .tags(tags)
                .register(registry);
        event(registry, "started", SupervisorTotals::started);
        event(registry, "restarting", SupervisorTotals::restarting);
        event(registry, "gave_up", SupervisorTotals::gaveUp);
        event(registry, "hibernated", SupervisorTotals::hibernated);
        event(registry, "stopped", SupervisorTotals::stopped);
        event(registry, "turn_repeated", SupervisorTotals::turnsRepeated);
    }

    private static long count(SessionSupervisor supervisor, SessionStatus.State state) {
        return supervisor.list().stream()
                .filter(session -> session.state() == state)
                .count();
    }

    private void event(MeterRegistry registry, String event, ToLongFunction<SupervisorTotals> number) {
        FunctionCounter.builder("claude.session.events", supervisor, its -> number.applyAsLong(its.totals()))
                .description("What has happened to sessions")
                .tags(tags)
                .tag("event", event)
                .register(registry);
    }
}
