package io.github.claudesessions;

import io.github.claudesessions.error.ClaudeException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What JMX sees of a supervisor. Exceptions are those of the JDK: a remote console has no other classes. */
record SupervisorBean(SessionSupervisor supervisor) implements SupervisorMXBean {
    @Override
    public boolean isLive() {
        return supervisor.health().live();
    }

    @Override
    public boolean isReady() {
        return supervisor.health().ready();
    }

    @Override
    public String getHealth() {
        return supervisor.health().text();
    }

    @Override
    public int getSessionCount() {
        return supervisor.count();
    }

    @Override
    public int getProcessCount() {
        return supervisor.processes();
    }

    @Override
    public int getWaitingCount() {
        return supervisor.waiting();
    }

    @Override
    public Map<String, Integer> getStates() {
        Map<String, Integer> states = new LinkedHashMap<>();
        supervisor.health().sessions().forEach((state, count) -> states.put(state.name(), count));
        return states;
    }

    @Override
    public String[] getSessions() {
        return supervisor.list().stream()
                .map(session -> "%s: %s, pid %d, %d restarts"
                        .formatted(session.name(), session.state(), session.pid(), session.restarts()))
                .toArray(String[]::new);
    }

    @Override
    public Map<String, Long> getTotals() {
        SupervisorTotals totals = supervisor.totals();
        Map<String, Long> named = new LinkedHashMap<>();
        named.put("started", totals.started());
        named.put("restarting", totals.restarting());
        named.put("gaveUp", totals.gaveUp());
        named.put("hibernated", totals.hibernated());
        named.put("stopped", totals.stopped());
        named.put("turnsRepeated", totals.turnsRepeated());
        return named;
    }

    @Override
    public void restart(String name) {
        plainly(() -> supervisor.restart(name));
    }

    @Override
    public void terminate(String name) {
        plainly(() -> supervisor.terminate(name));
    }

    private static void plainly(Runnable operation) {
        try {
            operation.run();
        } catch (ClaudeException | IllegalArgumentException e) {
            throw new IllegalStateException(e.getMessage()); // without the cause: its class may be unknown there
        }
    }
}
