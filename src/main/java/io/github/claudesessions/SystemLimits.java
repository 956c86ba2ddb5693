package io.github.claudesessions;

import io.github.claudesessions.DoctorReport.Finding;
import io.github.claudesessions.DoctorReport.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Linux allows this process and its children, from /proc and the control group; elsewhere unknown. */
final class SystemLimits {
    /** A session needs about ten files of this JVM, and its CLI a few dozen of its own. */
    private static final long FEW_FILES = 4096;
    /** A CLI has about twenty threads, and its commands are processes of their own. */
    private static final long FEW_PROCESSES = 512;
    /** Two CLIs after a few turns. */
    private static final long LITTLE_MEMORY = 512L << 20;

    private final Path root;

    private SystemLimits(Path root) {
        this.root = root;
    }

    /** The checks, for the system whose files are below {@code root}. */
    static List<Finding> checks(Path root) {
        SystemLimits limits = new SystemLimits(root);
        return List.of(
                finding(
                        "open files",
                        limits.ofProcess("Max open files"),
                        FEW_FILES,
                        "",
                        "Raise it (ulimit -n) for more than a handful of sessions."),
                finding(
                        "processes and threads",
                        least(limits.ofProcess("Max processes"), limits.number("sys/fs/cgroup/pids.max")),
                        FEW_PROCESSES,
                        "",
                        "Raise it (ulimit -u, pids.max): each session takes about twenty."),
                finding(
                        "free memory",
                        limits.memory(),
                        LITTLE_MEMORY,
                        " MiB",
                        "Each session takes about 220 MiB; give the machine or container more."));
    }

    private static Finding finding(String name, OptionalLong limit, long few, String unit, String advice) {
        if (limit.isEmpty()) {
            return new Finding(name, Status.OK, "unknown", "");
        }
        long found = limit.getAsLong();
        String value = found == Long.MAX_VALUE ? "unlimited" : (unit.isEmpty() ? found : found >> 20) + unit;
        return found < few ? new Finding(name, Status.WARNING, value, advice) : new Finding(name, Status.OK, value, "");
    }

    /** The soft limit; children inherit it. */
    private OptionalLong ofProcess(String name) {
        Pattern line = Pattern.compile("(?m)^" + name + "\\s+(\\d+|unlimited)\\b");
        Matcher found = line.matcher(text("proc/self/limits"));
        return found.find() ? parse(found.group(1)) : OptionalLong.empty();
    }

    private OptionalLong memory() {
        Matcher free = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB").matcher(text("proc/meminfo"));
        OptionalLong ofMachine =
                free.find() ? OptionalLong.of(Long.parseLong(free.group(1)) << 10) : OptionalLong.empty();
        OptionalLong most = number("sys/fs/cgroup/memory.max");
        OptionalLong used = number("sys/fs/cgroup/memory.current");
        if (most.isEmpty() || used.isEmpty() || most.getAsLong() == Long.MAX_VALUE) {
            return ofMachine;
        }
        return least(ofMachine, OptionalLong.of(Math.max(0, most.getAsLong() - used.getAsLong())));
    }

    private static OptionalLong least(OptionalLong a, OptionalLong b) {
        return Stream.of(a, b).flatMapToLong(OptionalLong::stream).min();
    }

    private OptionalLong number(String file) {
        return parse(text(file).strip());
    }

    private static OptionalLong parse(String text) {
        if (text.equals("max") || text.equals("unlimited")) {
            return OptionalLong.of(Long.MAX_VALUE);
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private String text(String file) {
        try {
            return Files.readString(root.resolve(file));
        } catch (IOException e) {
            return "";
        }
    }
}
