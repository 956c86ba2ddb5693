package io.github.claudesessions;

import java.util.Map;

/** A {@link SessionSupervisor} for JMX; {@link SessionSupervisor.Builder#jmx} registers it. Shows no prompt and no answer. */
public interface SupervisorMXBean {
    /** {@link SupervisorHealth#live}. */
    boolean isLive();

    /** {@link SupervisorHealth#ready}. */
    boolean isReady();

    /** {@link SupervisorHealth#text}. */
    String getHealth();

    /** How many sessions there are. */
    int getSessionCount();

    /** How many processes there are. */
    int getProcessCount();

    /** How many sessions wait for a process. */
    int getWaitingCount();

    /** How many sessions are in each state. */
    Map<String, Integer> getStates();

    /** A line for each session: name, state, process id, restarts. */
    String[] getSessions();

    /** {@link SupervisorTotals} by their names. */
    Map<String, Long> getTotals();

    /**
     * Gives a session another process, and waits for it.
     *
     * @throws IllegalStateException if there is no such session, or it can't be started
     */
    void restart(String name);

    /**
     * Ends a session.
     *
     * @throws IllegalStateException if there is no such session
     */
    void terminate(String name);
}
