package io.github.claudesessions.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.scale.Stub;
import io.github.claudesessions.scale.Usage;
import io.github.claudesessions.spi.Launch;
import io.github.claudesessions.testing.FakeClaude;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Many sessions, some of which are at work at all times, beside as many processes that are driven by hand. */
final class Load implements AutoCloseable {
    private static final int IN_FLIGHT = 50;
    private static final int THINKING_MILLIS = 250;
    private static final String BEHAVIOUR =
            "on_prompt() { started; sleep %.2f; assistant hello; finish hello; }".formatted(THINKING_MILLIS / 1e3);

    private final List<ClaudeSession> sessions;
    private final List<Bare> processes;

    Load(int count) {
        ClaudeOptions options = Stub.options(BEHAVIOUR).build();
        ConcurrentLinkedQueue<ClaudeSession> opened = new ConcurrentLinkedQueue<>();
        inFlight(count, i -> opened.add(ClaudeSession.open(options)));
        sessions = List.copyOf(opened);
        ConcurrentLinkedQueue<Bare> started = new ConcurrentLinkedQueue<>();
        Launch launch = launch(options);
        inFlight(count, i -> started.add(new Bare(launch)));
        processes = List.copyOf(started);
    }

    /** What the library starts with {@code options}. */
    private static Launch launch(ClaudeOptions options) {
        FakeClaude fake = FakeClaude.create();
        ClaudeSession.open(options.toBuilder().transport(fake).build()).close();
        return fake.launches().getFirst();
    }

    /** The 99th percentile beyond what the process takes by itself, the best round each, and the heap of all. */
    Comparison[] compare(int rounds, int turns) {
        double floor = Double.MAX_VALUE;
        double ours = Double.MAX_VALUE;
        inFlight(sessions.size(), i -> sessions.get(i).query("go"));
        double heap = Usage.heap() / 1e6;
        for (int i = 0; i < rounds; i++) {
            floor = Math.min(floor, p99(turns, process -> processes.get(process).turn()));
            ours = Math.min(ours, p99(turns, session -> sessions.get(session).query("go")));
        }
        return new Comparison[] {
            new Comparison("p99 of a turn, 50 of 1,000 sessions at work", floor, ours, "ms"),
            new Comparison("heap of these sessions, after thousands of turns", heap, Usage.heap() / 1e6, "MB")
        };
    }

    private double p99(int turns, IntConsumer turn) {
        long[] nanos = new long[turns];
        inFlight(turns, i -> {
            long start = System.nanoTime();
            turn.accept(i % sessions.size());
            nanos[i] = System.nanoTime() - start;
        });
        Arrays.sort(nanos);
        return nanos[turns * 99 / 100] / 1e6 - THINKING_MILLIS;
    }

    /** Runs {@code task} for 0 to {@code count} - 1, as many at the same time as are in flight. */
    private static void inFlight(int count, IntConsumer task) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        List<Thread> drivers = IntStream.range(0, IN_FLIGHT)
                .mapToObj(driver -> Thread.ofPlatform().start(() -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        task.accept(i);
                        done.incrementAndGet();
                    }
                }))
                .toList();
        for (Thread driver : drivers) {
            try {
                driver.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if (done.get() != count) {
            throw new IllegalStateException(done + " were done, not " + count);
        }
    }

    @Override
    public void close() {
        processes.forEach(Bare::close);
        inFlight(sessions.size(), i -> sessions.get(i).close());
    }

    /** A process, and the loop that writes to it and reads lines up to a result. */
    private static final class Bare {
        private static final String PROMPT = "{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"go\"},"
                + "\"uuid\":\"447e9506-ad64-4e10-bb9b-124105e3464f\"}\n";

        private final Process process;
        private final BufferedReader lines;

        Bare(Launch launch) {
            List<String> command = new ArrayList<>(List.of(Stub.path().toString()));
            command.addAll(launch.arguments());
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
            builder.environment().clear();
            builder.environment().putAll(launch.environment());
            try {
                process = builder.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            lines = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        }

        void turn() {
            try {
                process.getOutputStream().write(PROMPT.getBytes(UTF_8));
                process.getOutputStream().flush();
                String line = "";
                while (!line.startsWith("{\"type\":\"result\"")) {
                    line = Objects.requireNonNull(lines.readLine(), "a process has ended");
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void close() {
            process.destroy();
        }
    }
}
