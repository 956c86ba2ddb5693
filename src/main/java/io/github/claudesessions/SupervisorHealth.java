package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * How a {@link SessionSupervisor} is, for the probes of a platform: a process that is not live should be restarted, one
 * that is not ready should get no new work.
 *
 * @param live whether the supervisor itself works: its timer, its threads and its locks. A session that has failed does
 *     not change that
 * @param ready whether it takes new work and has a process for it: fewer than {@code maxLive}, or one that is idle
 * @param trouble why it is not live or not ready; empty if it is both
 * @param sessions how many sessions are in each state, all states named; all zero if it is not live
 * @param processes how many processes there are
 * @param maxLive how many there may be; empty if that has no limit
 * @param waiting how many callers' sessions wait for a process because there are as many as there may be
 * @param gaveUp the names of sessions that have given up, in the order in which they were added, the first 10
 */
public record SupervisorHealth(
        boolean live,
        boolean ready,
        Optional<String> trouble,
        Map<SessionStatus.State, Integer> sessions,
        int processes,
        OptionalInt maxLive,
        int waiting,
        List<String> gaveUp) {
    /** Copies the map and the list, and fills up the states. */
    public SupervisorHealth {
        Check.notNull("trouble", trouble);
        Check.notNull("maxLive", maxLive);
        Map<SessionStatus.State, Integer> all = new EnumMap<>(SessionStatus.State.class);
        for (SessionStatus.State state : SessionStatus.State.values()) {
            all.put(state, sessions.getOrDefault(state, 0));
        }
        sessions = Collections.unmodifiableMap(all);
        gaveUp = List.copyOf(gaveUp);
    }

    /** All in a line. */
    public String text() {
        String states = sessions.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> ", " + entry.getValue() + " "
                        + entry.getKey().name().toLowerCase(Locale.ROOT).replace('_', ' '))
                .collect(Collectors.joining());
        int more = sessions.getOrDefault(SessionStatus.State.GAVE_UP, 0) - gaveUp.size();
        return "%s, %s%s; %d sessions%s; %d processes%s, %d waiting%s%s"
                .formatted(
                        live ? "live" : "not live",
                        ready ? "ready" : "not ready",
                        trouble.map(reason -> " (" + reason + ")").orElse(""),
                        sessions.values().stream().mapToInt(Integer::intValue).sum(),
                        states,
                        processes,
                        maxLive.isPresent() ? " of " + maxLive.getAsInt() : "",
                        waiting,
                        gaveUp.isEmpty() ? "" : "; given up: " + String.join(", ", gaveUp),
                        more > 0 ? " and " + more + " more" : "");
    }
}
