package io.github.claudesessions;

import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.supervision.Fleet;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How a supervisor is: its timer has a virtual thread started, which asks every session; if one of them is stuck, so is it. */
record SupervisorChecks(SessionSupervisor supervisor, Fleet fleet, int maxLive) {
    private static final long LIMIT_SECONDS = 5;
    private static final int NAMES = 10;

    SupervisorHealth health() {
        CompletableFuture<SupervisorHealth> looked = new CompletableFuture<>();
        Timer.system().after(Duration.ZERO, () -> Thread.startVirtualThread(() -> look(looked)));
        return looked.completeOnTimeout(
                        dead("it has not answered within %d s".formatted(LIMIT_SECONDS)),
                        LIMIT_SECONDS,
                        TimeUnit.SECONDS)
                .join();
    }

    private void look(CompletableFuture<SupervisorHealth> looked) {
        try {
            looked.complete(look());
        } catch (RuntimeException | Error e) {
            looked.complete(dead("its sessions can't be listed: " + e.getClass().getSimpleName()));
        }
    }

    private SupervisorHealth dead(String trouble) {
        return new SupervisorHealth(false, false, Optional.of(trouble), Map.of(), 0, limit(), 0, List.of());
    }

    private OptionalInt limit() {
        return maxLive == Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of(maxLive);
    }

    private SupervisorHealth look() {
        List<SessionStatus> all = supervisor.list();
        Map<SessionStatus.State, Integer> states = new EnumMap<>(SessionStatus.State.class);
        all.forEach(session -> states.merge(session.state(), 1, Integer::sum));
        int processes = fleet.processes();
        String trouble = trouble(all, processes);
        return new SupervisorHealth(
                true,
                trouble == null,
                Optional.ofNullable(trouble),
                states,
                processes,
                limit(),
                fleet.waiting(),
                all.stream()
                        .filter(session -> session.state() == SessionStatus.State.GAVE_UP)
                        .map(SessionStatus::name)
                        .limit(NAMES)
                        .toList());
    }

    private @Nullable String trouble(List<SessionStatus> all, int processes) {
        if (!fleet.accepting()) {
            return "it takes no more work";
        }
        boolean room = processes - fleet.spareProcesses() < maxLive
                || all.stream()
                        .anyMatch(session -> session.state() == SessionStatus.State.RUNNING
                                && session.idleSince().isPresent());
        return room ? null : "all %d processes that there may be are at work".formatted(maxLive);
    }
}
