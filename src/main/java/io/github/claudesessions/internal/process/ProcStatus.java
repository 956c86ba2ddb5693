package io.github.claudesessions.internal.process;

import io.github.claudesessions.error.StallSnapshot.ProcessState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the system says of a process that lives. */
public final class ProcStatus {
    private ProcStatus() {}

    /** The process {@code pid} as it is now, as far as the system tells. */
    public static ProcessState of(long pid) {
        List<String> status;
        try {
            status = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return new ProcessState(pid, true, null, null); // not Linux, or it has just gone
        }
        String state = field(status, "State:");
        String resident = field(status, "VmRSS:");
        return new ProcessState(
                pid,
                true,
                state == null ? null : state.substring(0, 1),
                resident == null ? null : Long.parseLong(resident.split(" ", 2)[0]) << 10);
    }

    private static @Nullable String field(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip())
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse(null);
    }
}
