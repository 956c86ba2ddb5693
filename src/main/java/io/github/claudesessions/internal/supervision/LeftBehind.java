package io.github.claudesessions.internal.supervision;

import io.github.claudesessions.internal.process.ChildRecord;
import io.github.claudesessions.internal.process.Marker;
import io.github.claudesessions.internal.process.ProcessIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Ends what a JVM that is dead has left: its processes and, on Linux, all that these have started. */
final class LeftBehind {
    /** How long a process has to end in an orderly way, after its JVM is gone. */
    static final Duration GRACE = Duration.ofMillis(500);

    /** How long to go on trying. */
    static final Duration LIMIT = Duration.ofSeconds(4);

    private static final long PAUSE = Duration.ofMillis(20).toNanos();

    private final Collection<ChildRecord> children;
    private final Set<String> markers;

    private LeftBehind(Collection<ChildRecord> children) {
        this.children = children;
        this.markers = children.stream()
                .map(ChildRecord::marker)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** Asks all to end, then makes them, and waits until they are gone; returns those that are still there. */
    static List<ProcessHandle> end(Collection<ChildRecord> children) {
        LeftBehind left = new LeftBehind(children);
        long start = System.nanoTime();
        List<ProcessHandle> alive = left.alive();
        alive.forEach(ProcessHandle::destroy);
        while (!alive.isEmpty() && System.nanoTime() - start < LIMIT.toNanos()) {
            if (System.nanoTime() - start >= GRACE.toNanos()) {
                alive.forEach(ProcessHandle::destroyForcibly);
            }
            LockSupport.parkNanos(PAUSE);
            alive = left.alive();
        }
        return alive;
    }

    private List<ProcessHandle> alive() {
        List<ProcessHandle> found = new ArrayList<>(Marker.processes(markers));
        for (ChildRecord child : children) {
            if (child.process().state() == ProcessIdentity.State.ALIVE) {
                ProcessHandle.of(child.process().pid()).ifPresent(found::add);
            }
        }
        // this JVM may have been started by a command of the CLI that is to be ended
        found.removeIf(LeftBehind::belongsToThisJvm);
        return found.stream().distinct().toList();
    }

    private static boolean belongsToThisJvm(ProcessHandle process) {
        ProcessHandle self = ProcessHandle.current();
        return process.equals(self) || process.parent().filter(self::equals).isPresent();
    }
}
