package io.github.claudesessions.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.scale.Stub;
import io.github.claudesessions.scale.Usage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** How cost grows with the number of messages, the length of lines and the number of sessions, as charts. */
final class Growth {
    private final Path folder;

    Growth(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    void run() throws Exception {
        messages();
        lineLengths();
        sessions();
        supervised();
    }

    private void messages() throws Exception {
        Map<Double, Double> floor = new TreeMap<>();
        Map<Double, Double> ours = new TreeMap<>();
        for (int count : new int[] {1_000, 10_000, 100_000, 1_000_000}) {
            try (EndToEnd turn = new EndToEnd(count)) {
                Comparison found = turn.compare(count > 100_000 ? 3 : 10);
                System.out.println(count + " messages in a turn: " + found);
                floor.put((double) count, found.floor());
                ours.put((double) count, found.ours());
            }
        }
        chart("messages", "messages in a turn", "ms until the last is read", floor, ours);
    }

    private void lineLengths() throws Exception {
        Map<Double, Double> floor = new TreeMap<>();
        Map<Double, Double> ours = new TreeMap<>();
        for (int length : new int[] {100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 50_000_000}) {
            int lines = Math.max(1, 2_000_000 / length);
            byte[] input = Corpus.assistant(length).repeat(lines).getBytes(UTF_8);
            Comparison found = Comparison.best(
                    "lines with " + length + " characters of text",
                    "us",
                    length > 1_000_000 ? 6 : 40,
                    Comparison.cpuMicrosEach(lines, () -> Floor.tokens(new ByteArrayInputStream(input))),
                    Comparison.cpuMicrosEach(lines, () -> Ours.texts(new ByteArrayInputStream(input))));
            System.out.println(found);
            floor.put((double) length, found.floor());
            ours.put((double) length, found.ours());
        }
        chart("lines", "characters of text in a line", "µs to decode it", floor, ours);
    }

    private void sessions() throws IOException {
        Map<Double, Double> opening = new TreeMap<>();
        Map<Double, Double> turns = new TreeMap<>();
        Map<Double, Double> heap = new TreeMap<>();
        withSessions(10);
        for (int count : new int[] {1, 10, 100, 500, 1_000, 2_000}) {
            double[] found = withSessions(count);
            System.out.printf(
                    "%d sessions: opened in %.0f ms, a turn of each in %.0f ms, %.0f KB of heap%n",
                    count, found[0], found[1], found[2]);
            opening.put((double) count, found[0]);
            turns.put((double) count, found[1]);
            heap.put((double) count, Math.max(found[2], 1));
        }
        String svg = Chart.logarithmic(
                "sessions at the same time",
                "of all together",
                Map.of("ms to open them", opening, "ms for a turn of each", turns, "KB of heap, idle", heap));
        Files.writeString(folder.resolve("sessions.svg"), svg);
    }

    void supervised() throws IOException {
        Map<Double, Double> adding = new TreeMap<>();
        Map<Double, Double> waking = new TreeMap<>();
        Map<Double, Double> heap = new TreeMap<>();
        Supervised.with(1_000);
        for (int count : new int[] {10, 100, 1_000, 10_000, 100_000}) {
            Supervised found = Supervised.with(count);
            System.out.printf(
                    "%d supervised sessions: added in %.0f ms, 100 turns in %.0f ms, %.0f KB of heap%n",
                    count, found.adding(), found.waking(), found.heap());
            adding.put((double) count, found.adding());
            waking.put((double) count, found.waking());
            heap.put((double) count, found.heap());
        }
        String svg = Chart.logarithmic(
                "sessions of one supervisor, 20 of them with a process",
                "of all together",
                Map.of("ms to add them", adding, "ms for 100 turns of sleeping ones", waking, "KB of heap", heap));
        Files.writeString(folder.resolve("supervised.svg"), svg);
    }

    /** Milliseconds to open, milliseconds for a turn of each, KB of heap; eight at a time. */
    private static double[] withSessions(int count) {
        long heap = Usage.heap();
        List<ClaudeSession> sessions = new ArrayList<>();
        try (ExecutorService eight = Executors.newFixedThreadPool(8)) {
            double opening = all(eight, count, i -> {
                ClaudeSession session = ClaudeSession.open(Stub.options().build());
                synchronized (sessions) {
                    sessions.add(session);
                }
            });
            double used = (Usage.heap() - heap) / 1e3;
            double turns = all(eight, count, i -> sessions.get(i).query("go"));
            all(eight, count, i -> sessions.get(i).close());
            return new double[] {opening, turns, used};
        }
    }

    static double all(ExecutorService threads, int count, IntConsumer task) {
        long start = System.nanoTime();
        List<Future<?>> done = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            done.add(threads.submit(() -> task.accept(number)));
        }
        for (var each : done) {
            try {
                each.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private void chart(String name, String x, String y, Map<Double, Double> floor, Map<Double, Double> ours)
            throws IOException {
        Files.writeString(
                folder.resolve(name + ".svg"), Chart.logarithmic(x, y, Map.of("floor", floor, "this library", ours)));
    }
}
