package io.github.claudesessions.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.scale.Host;
import io.github.claudesessions.scale.Stub;
import io.github.claudesessions.scale.Usage;
import io.github.claudesessions.testing.JavaCommand;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a session costs that waits for its next prompt, against a process and a thread that reads its lines. Each is
 * measured in a JVM of its own, whose heap is resident from the start, so that residence is what lies outside of it.
 */
final class Idle {
    private Idle() {}

    /**
     * Threads, bytes of live heap, and bytes resident: of each of {@code sessions}. And how long virtual threads of the
     * host take, without any session and beside all of them.
     */
    static Comparison[] compare(int sessions) throws IOException {
        double[] floor = inChild("floor", sessions);
        double[] ours = inChild("ours", sessions);
        return new Comparison[] {
            new Comparison("threads of an idle session", floor[0], ours[0], ""),
            new Comparison("heap of an idle session", floor[1], ours[1], "KB"),
            new Comparison("resident memory of an idle session", floor[2], ours[2], "KB"),
            new Comparison("100 virtual threads that sleep 10 ms, beside idle sessions", ours[3], ours[4], "ms")
        };
    }

    private static double[] inChild(String whose, int sessions) throws IOException {
        Process child = new ProcessBuilder(JavaCommand.of(
                        List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch"),
                        Idle.class,
                        whose,
                        Integer.toString(sessions)))
                .redirectError(Redirect.INHERIT)
                .start();
        try (InputStream out = child.getInputStream()) {
            String[] figures = new String(out.readAllBytes(), US_ASCII).strip().split(" ");
            return Stream.of(figures).mapToDouble(Double::parseDouble).toArray();
        }
    }

    /** The child. */
    public static void main(String[] args) {
        int sessions = Integer.parseInt(args[1]);
        boolean ours = args[0].equals("ours");
        List<Runnable> ends = new ArrayList<>();
        for (int i = 0; i < 20; i++) { // what is loaded once does not count
            ends.add(ours ? session() : loop());
        }
        double alone = sleepers();
        double[] before = usage();
        for (int i = 0; i < sessions; i++) {
            ends.add(ours ? session() : loop());
        }
        double[] after = usage();
        double heap = (after[1] - before[1]) / sessions / 1e3;
        System.out.printf(
                "%.2f %.1f %.1f %.2f %.2f%n",
                (after[0] - before[0]) / sessions,
                heap,
                heap + (after[2] - before[2]) / sessions / 1e3,
                alone,
                sleepers());
        ends.parallelStream().forEach(Runnable::run);
    }

    private static double sleepers() {
        return Host.sleepersAtBest().toNanos() / 1e6;
    }

    private static double[] usage() {
        return new double[] {Usage.threads(), Usage.heap(), Usage.resident()};
    }

    private static Runnable session() {
        ClaudeSession session = ClaudeSession.open(Stub.options().build());
        return session::close;
    }

    private static Runnable loop() {
        try {
            Process process = new ProcessBuilder("sh", "-c", "read go").start();
            Thread reader = new Thread(() -> Floor.tokens(process.getInputStream()));
            reader.setDaemon(true);
            reader.start();
            return process.toHandle()::destroy; // which does not close what the thread reads
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
