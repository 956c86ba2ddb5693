package io.github.claudesessions.internal.process;

import java.util.List;
import java.util.Set;

/**
 * What a process leaves behind. After its death its shells have parent 1 and a session of their own, so neither the
 * process tree nor the process group leads to them: on Linux a variable that they inherited does, elsewhere the list
 * of descendants that was taken while it lived.
 */
final class Leftovers {
    private static final int PASSES = 3;

    private final Set<String> marker;
    private volatile List<ProcessHandle> recorded = List.of();

    Leftovers(String marker) {
        this.marker = Set.of(marker);
    }

    /** Notes the descendants of {@code process} where they can't be found by their environment later. */
    void record(ProcessHandle process) {
        if (!Marker.READABLE) {
            recorded = process.descendants().toList();
        }
    }

    /** Ends what is left. A process that forks meanwhile is met in the next pass. */
    void kill() {
        recorded.forEach(ProcessHandle::destroyForcibly);
        for (int pass = 0; pass < PASSES; pass++) {
            List<ProcessHandle> found = Marker.processes(marker);
            if (found.isEmpty()) {
                return;
            }
            found.forEach(ProcessHandle::destroyForcibly);
        }
    }
}
