package io.github.claudesessions.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.error.TurnCutException;
import io.github.claudesessions.scale.Stub;
import io.github.claudesessions.scale.Usage;
import io.github.claudesessions.testing.FakeAnthropicApi;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * What a session holds of the system, in its process and in this JVM: waiting for a prompt, in a turn, and without a
 * process. Each is measured in a JVM of its own; the API that the real CLI asks is in another. Linux only.
 */
final class Resources {
    private static final int REAL = 10;
    private static final int MANY = 300;
    private static final Path PROC = Path.of("/proc");

    private Resources() {}

    /** Prints a table. */
    static void run() throws IOException {
        System.out.println("| of each session | processes | memory | threads | files "
                + "| threads of the JVM | heap of the JVM | files of the JVM |");
        System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
        try (FakeAnthropicApi api = FakeAnthropicApi.start()) {
            api.replyWith(request -> request.lastUserText().endsWith("work") ? Reply.hang() : Reply.text("hello"));
            for (State state : State.values()) {
                System.out.print(inChild(state, api));
            }
        }
    }

    private enum State {
        IDLE("the CLI, idle after a turn", REAL),
        TURN("the CLI, in a turn", REAL),
        ASLEEP("without a process (`idleTimeout`)", MANY),
        STUB("a shell script in place of the CLI, idle", MANY);

        private final String text;
        private final int sessions;

        State(String text, int sessions) {
            this.text = text;
            this.sessions = sessions;
        }
    }

    private static String inChild(State state, FakeAnthropicApi api) throws IOException {
        ProcessBuilder child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dorg.slf4j.simpleLogger.logFile="
                                + System.getProperty("org.slf4j.simpleLogger.logFile", "System.err"),
                        Resources.class.getName(),
                        state.name(),
                        ClaudeCli.managed().resolve().toString())
                .redirectError(Redirect.INHERIT);
        child.environment().putAll(api.environment());
        try (InputStream out = child.start().getInputStream()) {
            return new String(out.readAllBytes(), UTF_8);
        }
    }

    // ---- the child

    /** One row. */
    public static void main(String[] args) {
        State state = State.valueOf(args[0]);
        boolean stub = state == State.STUB || state == State.ASLEEP;
        ClaudeOptions.Builder cli = ClaudeOptions.builder().cli(ClaudeCli.at(Path.of(args[1])));
        ClaudeOptions options = (stub ? Stub.options() : cli).build();
        SessionSupervisor.Builder builder = SessionSupervisor.builder().maxStarting(2);
        if (state == State.ASLEEP) {
            builder.idleTimeout(Duration.ofMillis(100));
        }
        try (SessionSupervisor supervisor = builder.open()) {
            measure(state, supervisor, options);
        }
        System.exit(0); // a turn that is under way is of no interest
    }

    private static void measure(State state, SessionSupervisor supervisor, ClaudeOptions options) {
        for (int i = 0; i < state.sessions / 5; i++) { // what is loaded once does not count
            bring(state, supervisor, options, "first " + i);
        }
        await(() -> settled(state, supervisor));
        long[] before = usage(state);
        List<ClaudeSession> sessions = new ArrayList<>();
        for (int i = 0; i < state.sessions; i++) {
            sessions.add(bring(state, supervisor, options, "session " + i));
        }
        await(() -> settled(state, supervisor));
        long[] after = usage(state);
        double[] own = sessions.stream()
                .filter(session -> session.pid() > 0)
                .map(session -> process(session.pid()))
                .reduce(new double[4], Resources::plus);
        double n = state.sessions;
        System.out.printf(
                "| %s | %.0f | %.0f MB | %.0f | %.0f | %.1f | %.1f KB | %.1f |%n",
                state.text,
                own[0] / n,
                own[1] / n / 1e6,
                own[2] / n,
                own[3] / n,
                (after[0] - before[0]) / n,
                (after[1] - before[1]) / n / 1e3,
                (after[2] - before[2]) / n);
    }

    private static ClaudeSession bring(State state, SessionSupervisor supervisor, ClaudeOptions options, String name) {
        ClaudeSession session = supervisor.perUser(name, options);
        session.query("hello");
        if (state == State.TURN) {
            Thread.startVirtualThread(() -> {
                try {
                    session.stream("work").forEach(message -> {});
                } catch (TurnCutException e) {
                    // the end of the measurement
                }
            });
            await(() -> !session.isIdle());
        }
        return session;
    }

    private static boolean settled(State state, SessionSupervisor supervisor) {
        return state != State.ASLEEP || supervisor.processes() == 0;
    }

    private static long[] usage(State state) {
        // idle writers of the library end; the JDK keeps the threads that waited for children for a minute
        sleep(Duration.ofSeconds(state == State.ASLEEP ? 65 : 6));
        return new long[] {Usage.threads(), Usage.heap(), Usage.fileDescriptors()};
    }

    /** Processes, bytes resident, threads and open files of {@code pid} and what it has started. */
    private static double[] process(long pid) {
        return Stream.concat(
                        Stream.of(pid),
                        ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .map(one -> new double[] {1, 1024 * status(one, "VmRSS:"), status(one, "Threads:"), files(one)})
                .reduce(new double[4], Resources::plus);
    }

    private static double[] plus(double[] a, double[] b) {
        double[] sum = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    private static double status(long pid, String name) {
        try (Stream<String> status = Files.lines(PROC.resolve(pid + "/status"))) {
            return status.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double files(long pid) {
        try (Stream<Path> files = Files.list(PROC.resolve(pid + "/fd"))) {
            return files.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(10_000_000);
        }
    }
}
