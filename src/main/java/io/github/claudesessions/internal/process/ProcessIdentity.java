package io.github.claudesessions.internal.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which process is meant, also after its number has been given to another.
 *
 * @param pid its number
 * @param started when it was started: on Linux in ticks since the boot, elsewhere in milliseconds since 1970; -1 if that
 *     is not known
 * @param boot which boot of the machine that was, on Linux; null elsewhere
 */
public record ProcessIdentity(
        long pid, long started, @Nullable String boot) {
    private static final Path PROC = Path.of("/proc");
    private static final @Nullable String BOOT = line(PROC.resolve("sys/kernel/random/boot_id"));

    /** The system's clock may be set between two looks at the same process. */
    private static final long TOLERANCE_MILLIS = 2_000;

    /** What has become of a process. */
    public enum State {
        ALIVE,

        /** It has ended, also if its parent has not noticed yet. */
        DEAD,

        /** It can't be told. */
        UNKNOWN
    }

    /**
     * What the system says of a process.
     *
     * @param state a letter, field 3
     * @param parent the number of the process that it belongs to, field 4
     * @param started field 22
     */
    record Stat(char state, long parent, long started) {
        private static final int STATE = 3;
        private static final int PARENT = 4;
        private static final int STARTED = 22;

        /** Reads {@code /proc/PID/stat}, whose second field, in brackets, may hold anything; null if it is not that. */
        static @Nullable Stat parse(String line) {
            int name = line.lastIndexOf(") ");
            List<String> fields =
                    List.of(line.substring(name < 0 ? 0 : name + 2).strip().split(" ", STARTED - STATE + 2));
            if (name < 0 || fields.size() <= STARTED - STATE) {
                return null;
            }
            try {
                return new Stat(
                        fields.getFirst().charAt(0),
                        Long.parseLong(fields.get(PARENT - STATE)),
                        Long.parseLong(fields.get(STARTED - STATE)));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                return null;
            }
        }

        boolean over() {
            return state == 'Z' || state == 'X';
        }
    }

    /** The process that has this number now. */
    public static ProcessIdentity of(long pid) {
        if (BOOT == null) {
            return new ProcessIdentity(pid, startMillis(ProcessHandle.of(pid)), null);
        }
        Stat stat = stat(pid);
        return new ProcessIdentity(pid, stat == null ? -1 : stat.started(), BOOT);
    }

    /** What has become of it, as far as this JVM can see. */
    public State state() {
        if (BOOT == null || boot == null) {
            return BOOT == null && boot == null ? byInstant() : State.UNKNOWN;
        }
        if (!boot.equals(BOOT)) {
            return State.DEAD;
        }
        Stat stat = stat(pid);
        if (stat == null) {
            return ProcessHandle.of(pid).isEmpty() ? State.DEAD : State.UNKNOWN;
        }
        if (stat.over() || (started >= 0 && stat.started() != started)) {
            return State.DEAD;
        }
        return started < 0 ? State.UNKNOWN : State.ALIVE;
    }

    private State byInstant() {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return State.DEAD;
        }
        long now = startMillis(process);
        if (now < 0 || started < 0) {
            return State.UNKNOWN;
        }
        return Math.abs(now - started) <= TOLERANCE_MILLIS ? State.ALIVE : State.DEAD;
    }

    private static long startMillis(Optional<ProcessHandle> process) {
        return process.flatMap(handle -> handle.info().startInstant())
                .map(instant -> instant.toEpochMilli())
                .orElse(-1L);
    }

    /** What Linux says of process {@code pid}; null if there is none, or no telling. */
    static @Nullable Stat stat(long pid) {
        String line = line(PROC.resolve(pid + "/stat"));
        return line == null ? null : Stat.parse(line);
    }

    private static @Nullable String line(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        } catch (IOException e) {
            return null;
        }
    }
}
