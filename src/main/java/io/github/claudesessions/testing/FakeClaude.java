package io.github.claudesessions.testing;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.spi.Launch;
import io.github.claudesessions.spi.Transport;
import io.github.claudesessions.spi.TransportFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A scripted CLI in memory, for tests of applications: no process, no network, no model. It is given to a session as
 * its transport, and speaks the CLI's protocol in both directions, so that everything above the process is the real
 * thing. Safe for use by several threads and by several sessions at once; each session starts a run of its own.
 *
 * {@snippet file="io/github/claudesessions/ReadmeTest.java" region="fake-claude"}
 */
public final class FakeClaude implements TransportFactory {
    /** What to do in one turn. */
    @FunctionalInterface
    public interface Script {
        /** Runs on a thread of the fake's; an exception other than an interruption ends the process with code 70. */
        void run(FakeTurn turn) throws Exception;
    }

    private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
    private final Map<String, Function<Map<String, Object>, @Nullable Map<String, Object>>> controls =
            new ConcurrentHashMap<>();
    private final List<Launch> launches = new CopyOnWriteArrayList<>();
    private final List<Map<String, Object>> received = new CopyOnWriteArrayList<>();
    private final List<String> prompts = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private volatile Script otherwise = turn -> turn.text("FakeClaude has no script for this prompt: " + turn.prompt());
    private volatile int pieceBytes = Integer.MAX_VALUE;
    private volatile boolean ignoresEof;
    private volatile boolean ignoresTerminate;

    private FakeClaude() {}

    /** A fake without a script: it answers every prompt with a text that says so. */
    public static FakeClaude create() {
        return new FakeClaude();
    }

    /** Answers the next prompt that has no script yet with {@code text}. */
    public FakeClaude answer(String text) {
        Check.notNull("text", text);
        return turn(turn -> turn.text(text));
    }

    /** Answers the next prompt that has no script yet with {@code script}. */
    public FakeClaude turn(Script script) {
        scripts.add(Check.notNull("script", script));
        return this;
    }

    /** Answers every prompt for which there is no other script with {@code script}. */
    public FakeClaude otherwise(Script script) {
        otherwise = Check.notNull("script", script);
        return this;
    }

    /**
     * Answers control requests of {@code subtype}; without a script, {@code initialize}, {@code interrupt},
     * {@code cancel_async_message}, {@code set_model} and {@code set_permission_mode} succeed and any other is refused as unknown.
     *
     * @param script gets the request and returns the payload of the answer, or null to leave it unanswered; an exception is
     *     answered as an error with its message
     */
    public FakeClaude onControl(String subtype, Function<Map<String, Object>, @Nullable Map<String, Object>> script) {
        controls.put(Check.notBlank("subtype", subtype), Check.notNull("script", script));
        return this;
    }

    /** Writes its output in pieces of this many bytes, so that lines arrive in parts. Default: whole lines. */
    public FakeClaude pieces(int bytes) {
        pieceBytes = Check.atLeast("bytes", 1, bytes);
        return this;
    }

    /** Goes on running after the end of its input. */
    public FakeClaude ignoreEof() {
        ignoresEof = true;
        return this;
    }

    /** Goes on running after the end of its input and after SIGTERM: a stuck CLI, which has to be killed. */
    public FakeClaude ignoreTerminate() {
        ignoresTerminate = true;
        return ignoreEof();
    }

    /** What the library has started, in order. */
    public List<Launch> launches() {
        return List.copyOf(launches);
    }

    /** The texts of the prompts that the library has sent, of all runs, in order. */
    public List<String> prompts() {
        return List.copyOf(prompts);
    }

    /** All lines that the library has written, of all runs, in order. */
    public List<Map<String, Object>> received() {
        return List.copyOf(received);
    }

    /** How many runs there are that the library has not released yet. */
    public int running() {
        return running.get();
    }

    @Override
    public Transport start(Launch launch) {
        launches.add(launch);
        running.incrementAndGet();
        FakeProcess process = new FakeProcess(
                this,
                argument(launch, "--session-id=", "--resume=")
                        .orElseGet(() -> UUID.randomUUID().toString()),
                launch.arguments().contains("--include-partial-messages"),
                argument(launch, "--permission-mode=").orElse("default"),
                argument(launch, "--agent="));
        process.start();
        return process;
    }

    private static Optional<String> argument(Launch launch, String... flags) {
        return Arrays.stream(flags)
                .flatMap(flag -> launch.arguments().stream()
                        .filter(argument -> argument.startsWith(flag))
                        .map(argument -> argument.substring(flag.length())))
                .findFirst();
    }

    void received(Map<String, Object> line) {
        received.add(line);
    }

    void prompted(String text) {
        prompts.add(text);
    }

    void released() {
        running.decrementAndGet();
    }

    Script nextScript() {
        Script script = scripts.poll();
        return script == null ? otherwise : script;
    }

    @Nullable
    Function<Map<String, Object>, @Nullable Map<String, Object>> control(String subtype) {
        return controls.get(subtype);
    }

    int pieceBytes() {
        return pieceBytes;
    }

    boolean ignoresEof() {
        return ignoresEof;
    }

    boolean ignoresTerminate() {
        return ignoresTerminate;
    }
}
