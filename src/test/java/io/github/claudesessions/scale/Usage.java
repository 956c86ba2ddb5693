package io.github.claudesessions.scale;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** What this JVM holds of the system. */
public final class Usage {
    private static final Path SELF = Path.of("/proc/self");

    private Usage() {}

    /** Threads of the operating system. */
    public static int threads() {
        return (int) status("Threads:");
    }

    /** Bytes of memory that are resident. */
    public static long resident() {
        return 1024 * status("VmRSS:");
    }

    private static long status(String name) {
        try (Stream<String> status = Files.lines(SELF.resolve("status"))) {
            return status.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Platform threads whose name begins with {@code prefix}. */
    static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    /** Threads without the JDK's idle process reapers, which it keeps for a minute after a child has ended. */
    static long threadsWithoutReapers() {
        return threads() - threads("process reaper");
    }

    public static long fileDescriptors() {
        return entries(SELF.resolve("fd"), "");
    }

    /** Files in {@code folder} whose name begins with {@code prefix}. */
    static long entries(Path folder, String prefix) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of heap that are reachable. */
    public static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** Waits for something that happens soon after; false if it does not within {@code limit}. */
    static boolean becomes(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(10_000_000);
        }
        return true;
    }

    static Duration time(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
