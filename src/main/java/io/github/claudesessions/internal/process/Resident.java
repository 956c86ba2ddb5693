package io.github.claudesessions.internal.process;

import io.github.claudesessions.internal.process.ProcessIdentity.Stat;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of processes and of what they have started, at one moment. Linux tells it; elsewhere it is 0. Pages that
 * processes share count in each of them.
 */
public final class Resident {
    private static final Path PROC = Path.of("/proc");

    /** A tree that goes deeper than this is not followed to its end. */
    private static final int DEEPEST = 32;

    private final Map<Long, List<Long>> children;

    private Resident(Map<Long, List<Long>> children) {
        this.children = children;
    }

    /** Who has started whom, now. Reads a small file of each process of the machine. */
    public static Resident now() {
        Map<Long, List<Long>> children = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                Stat stat = ProcessIdentity.stat(pid);
                if (stat != null && stat.parent() > 0) { // it may have just gone
                    children.computeIfAbsent(stat.parent(), first -> new ArrayList<>())
                            .add(pid);
                }
            }
        } catch (IOException e) {
            return new Resident(Map.of());
        }
        return new Resident(children);
    }

    /** Bytes of process {@code pid} and of its descendants; 0 if there is none, or no telling. */
    public long bytes(long pid) {
        return bytes(pid, 0);
    }

    private long bytes(long pid, int depth) {
        Long own = ProcStatus.of(pid).residentBytes();
        long sum = own == null ? 0 : own;
        if (depth < DEEPEST) {
            for (long child : children.getOrDefault(pid, List.of())) {
                sum += bytes(child, depth + 1);
            }
        }
        return sum;
    }
}
