package io.github.claudesessions.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.error.ClaudeException;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.SessionStartException;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.error.TruncatedStreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Deaths, expected and not, and what must be gone afterwards. */
@Tag("unix")
@Timeout(60)
class ProcessLifeTest {
    /** What takes milliseconds on a quiet machine; a ladder of {@code close()} that nobody helped takes 7 s. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Duration LADDER = Duration.ofSeconds(8);

    /** Ends neither when its input does nor when it is asked to. */
    private static final String DEAF = "trap '' TERM; on_end() { exec sleep 600; }";

    @TempDir
    Path folder;

    private Path pids;

    @BeforeEach
    void pids() {
        pids = folder.resolve("pids");
    }

    // ---- the process dies

    @Test
    void exitWithoutResult() {
        try (ClaudeSession session = open("on_prompt() { started; echo 'the reason' >&2; exit 0; }")) {
            ProcessExitedException waiting = failure(ProcessExitedException.class, session);
            ProcessExitedException next = failure(ProcessExitedException.class, session);
            assertThat(waiting).isNotSameAs(next);
            assertThat(List.of(waiting, next)).allSatisfy(failure -> {
                assertThat(failure.exitCode()).isZero();
                assertThat(failure.pid()).isPositive();
                assertThat(failure.stderrTail()).contains("the reason");
            });
            assertThat(catchThrowable(() -> session.control("get_context_usage", Map.of())))
                    .isInstanceOf(ProcessExitedException.class);
            assertThat(session.pid()).isEqualTo(-1);
        }
    }

    @Test
    void callersInTheQueueHearOfIt() {
        AtomicInteger told = new AtomicInteger();
        try (ClaudeSession session = open("on_prompt() { started; sleep 0.3; exit 7; }")) {
            Host.parallel(5, () -> {
                if (catchThrowable(() -> session.query("go")) instanceof ProcessExitedException failure
                        && failure.exitCode() == 7) {
                    told.incrementAndGet();
                }
            });
        }
        assertThat(told).hasValue(5);
    }

    @Test
    void outputEndsInTheMiddleOfALine() {
        try (ClaudeSession session = open("on_prompt() { started; printf '%s' '{\"type\":\"resu'; exit 0; }")) {
            TruncatedStreamException failure = failure(TruncatedStreamException.class, session);
            assertThat(failure.bytes()).isEqualTo(13);
            assertThat(failure.exitCode()).isZero();
        }
    }

    @Test
    void killedInMidTurn() {
        try (ClaudeSession session = open("on_prompt() { started; kill -9 $$; }")) {
            assertThat(failure(ProcessExitedException.class, session).exitCode())
                    .isEqualTo(137);
        }
    }

    @Test
    void outputIsClosedButTheProcessLives() {
        try (ClaudeSession session = open("on_prompt() { started; exec sleep 600 >&-; }")) {
            long pid = session.pid();
            assertThat(Usage.time(() -> failure(ProcessExitedException.class, session)))
                    .isLessThan(Duration.ofSeconds(5));
            assertGone(pid);
        }
    }

    /** The JDK tells of exits on the common pool. */
    @Test
    void hostWithABusyCommonPool() {
        CountDownLatch done = new CountDownLatch(1);
        try (ClaudeSession exits = open("on_prompt() { started; exit 3; }");
                ClaudeSession livesOn = open("on_prompt() { started; exec sleep 600 >&-; }")) {
            fillCommonPool(done);
            assertThat(Usage.time(() -> failure(ProcessExitedException.class, exits)))
                    .isLessThan(SOON);
            assertThat(Usage.time(() -> failure(ProcessExitedException.class, livesOn)))
                    .isLessThan(Duration.ofSeconds(5));
        } finally {
            done.countDown();
        }
    }

    @Test
    void closeInAHostWithABusyCommonPool() {
        CountDownLatch done = new CountDownLatch(1);
        try (ClaudeSession session = open("")) {
            fillCommonPool(done);
            assertThat(Usage.time(session::close)).isLessThan(SOON);
        } finally {
            done.countDown();
        }
    }

    // ---- it does not even start

    @Test
    void diesBeforeTheHandshake() {
        ClaudeOptions options = Stub.options("on_start() { echo \"refused: $ANTHROPIC_API_KEY\" >&2; exit 3; }")
                .apiKey("sk-ant-secret-0001")
                .build();
        AtomicReference<SessionStartException> failure = new AtomicReference<>();
        assertThat(Usage.time(() -> failure.set(
                        catchThrowableOfType(SessionStartException.class, () -> ClaudeSession.open(options)))))
                .isLessThan(SOON);
        assertThat(failure.get().exitCode()).isEqualTo(3);
        assertThat(failure.get().stderrTail()).contains("refused: ***").doesNotContain("secret");
        assertThat(failure.get().getMessage()).doesNotContain("secret");
        assertThat(((ProcessExitedException) failure.get().getCause()).pid()).isPositive();
    }

    @Test
    void doesNotAnswerTheHandshake() {
        ClaudeOptions options = Stub.options("on_initialize() { echo $$ > \"$PIDS\"; }")
                .env("PIDS", pids.toString())
                .initializeTimeout(Duration.ofMillis(500))
                .build();
        AtomicReference<TimeLimitException> failure = new AtomicReference<>();
        assertThat(Usage.time(() ->
                        failure.set(catchThrowableOfType(TimeLimitException.class, () -> ClaudeSession.open(options)))))
                .isLessThan(SOON);
        assertThat(failure.get().operation()).isEqualTo("initialize");
        assertGone(recorded());
    }

    @Test
    void confirmsNothing() {
        ClaudeOptions options = Stub.options("on_initialize() { answer '{}'; }").build();
        assertThat(catchThrowable(() -> ClaudeSession.open(options))).isInstanceOf(SessionStartException.class);
    }

    // ---- stderr

    @Test
    void noiseOnStderrBeforeTheFirstLine() throws IOException {
        Path noise = Files.writeString(folder.resolve("noise"), ("noise".repeat(20) + "\n").repeat(10_500));
        Function<ClaudeOptions.Builder, ClaudeOptions.Builder> noisy =
                options -> options.env("NOISE", noise.toString());
        String behaviour = "on_start() { cat \"$NOISE\" >&2; }";
        try (ClaudeSession session =
                ClaudeSession.open(noisy.apply(Stub.options(behaviour)).build())) {
            assertThat(session.query("go").text()).isEqualTo("hello");
        }
        AtomicInteger lines = new AtomicInteger();
        Consumer<String> listener = line -> lines.incrementAndGet();
        try (ClaudeSession session = ClaudeSession.open(
                noisy.apply(Stub.options(behaviour)).stderr(listener).build())) {
            assertThat(session.query("go").text()).isEqualTo("hello");
            assertThat(Usage.becomes(SOON, () -> lines.get() == 10_500)).isTrue();
        }
    }

    @Test
    void stderrListenerThatThrowsOrBlocks() {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Consumer<String> listener = line -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("of the test");
            }
            spinUntil(never);
        };
        try (ClaudeSession session = ClaudeSession.open(Stub.options("on_start() { echo one >&2; echo two >&2; }")
                .stderr(listener)
                .build())) {
            assertThat(session.query("go").text()).isEqualTo("hello");
            assertThat(Usage.becomes(SOON, () -> calls.get() == 2)).isTrue();
            assertThat(Usage.time(session::close)).isLessThan(SOON);
        } finally {
            never.countDown();
        }
    }

    // ---- closing

    @Test
    void whatItWritesAtItsEndIsWritten() {
        try (ClaudeSession session = open("on_end() { sleep 0.5; echo flushed > \"$PIDS\"; }")) {
            session.query("go");
        }
        assertThat(pids).content().isEqualTo("flushed\n");
    }

    /** Longer than it has before it is asked to end; it may still use the time before it is made to. */
    @Test
    void whatTakesTwoSecondsToWriteIsWritten() {
        try (ClaudeSession session = open("on_end() { trap '' TERM; sleep 2.5; echo flushed > \"$PIDS\"; }")) {
            session.query("go");
        }
        assertThat(pids).content().isEqualTo("flushed\n");
    }

    @Test
    void isInterruptedBeforeTheEndOfItsInput() throws IOException {
        String behaviour = "on_input() { line \"$input\" >> \"$PIDS\"; }; on_end() { line EOF >> \"$PIDS\"; }";
        try (ClaudeSession session = open(behaviour)) {
            session.query("go");
        }
        List<String> lines = Files.readAllLines(pids);
        assertThat(lines.getLast()).isEqualTo("EOF");
        assertThat(lines.get(lines.size() - 2))
                .contains("\"type\":\"control_request\"", "\"subtype\":\"interrupt\"", "\"cancel_queued\":true");
    }

    @Test
    void ignoresTheEndOfItsInputAndSigtermOrIsStopped() throws IOException, InterruptedException {
        try (ClaudeSession deaf = open(DEAF);
                ClaudeSession stopped = open("")) {
            List<Long> both = List.of(deaf.pid(), stopped.pid());
            assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(stopped.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            AtomicReference<Duration> other = new AtomicReference<>();
            Thread closer = Thread.startVirtualThread(() -> other.set(Usage.time(stopped::close)));
            assertThat(Usage.time(deaf::close)).isBetween(Duration.ofSeconds(4), LADDER);
            Host.join(closer);
            assertThat(other.get()).isLessThan(LADDER);
            both.forEach(ProcessLifeTest::assertGone);
        }
    }

    @Test
    void ignoresTheEndOfItsInput() {
        try (ClaudeSession session = open("on_end() { exec sleep 600; }")) {
            long pid = session.pid();
            assertThat(Usage.time(session::close)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(4));
            assertGone(pid);
        }
    }

    @Test
    void fromAnotherThreadWhileATurnWaits() throws InterruptedException {
        AtomicReference<Throwable> told = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        try (ClaudeSession session = open("on_prompt() { started; assistant hello; }")) {
            Thread reader = Thread.startVirtualThread(() -> {
                try (var turn = session.stream("go")) {
                    told.set(catchThrowable(() -> turn.forEach(message -> begun.countDown())));
                }
            });
            begun.await();
            assertThat(Usage.time(session::close)).isLessThan(SOON);
            Host.join(reader);
        }
        assertThat(told.get()).isInstanceOf(SessionClosedException.class);
    }

    @Test
    void byAnInterruptedThread() {
        ClaudeSession session = open("on_end() { exec sleep 600; }");
        long pid = session.pid();
        Thread.currentThread().interrupt();
        session.close();
        assertThat(Thread.interrupted()).isTrue();
        assertGone(pid);
    }

    @Test
    void byManyThreadsAtOnce() {
        ClaudeSession session = open("on_end() { exec sleep 600; }");
        long pid = session.pid();
        AtomicInteger gone = new AtomicInteger();
        Host.parallel(10, () -> {
            session.close();
            if (!runs(pid)) {
                gone.incrementAndGet();
            }
        });
        assertThat(gone).hasValue(10);
    }

    @Test
    void fiftyAtOnce() {
        List<ClaudeSession> sessions = openMany(50, "");
        assertThat(closeAll(sessions)).isLessThan(SOON);
    }

    @Test
    void fiftyStubbornOnesAtOnce() {
        List<ClaudeSession> sessions = openMany(50, DEAF);
        assertThat(closeAll(sessions)).isLessThan(Duration.ofSeconds(20)); // one after another: 250 s
    }

    // ---- what a process leaves behind

    @Test
    void childHoldsTheOutput() {
        try (ClaudeSession session = open("on_prompt() { started; sleep 600 & echo $! > \"$PIDS\"; exit 0; }")) {
            assertThat(Usage.time(() -> failure(ProcessExitedException.class, session)))
                    .isLessThan(SOON);
            assertDead(recorded());
        }
        assertThat(Usage.becomes(SOON, () -> Usage.threads("claude-sessions-pump") == 0))
                .as("the pump ends with the child")
                .isTrue();
    }

    @Test
    void childIgnoresSigterm() {
        String behaviour =
                "on_prompt() { (trap '' TERM; exec sleep 600) & echo $! > \"$PIDS\"; started; finish done; }";
        try (ClaudeSession session = open(behaviour)) {
            session.query("go");
            assertThat(runs(recorded())).isTrue();
        }
        assertDead(recorded());
    }

    @Test
    void childOfADeadChild() {
        // its parent is gone, so the process tree does not lead to it
        String behaviour =
                "on_prompt() { ( (trap '' TERM HUP; echo $$ > /dev/null; exec sleep 600 >&- 2>&-) & echo $! > \"$PIDS\" )"
                        + "; started; finish done; }";
        try (ClaudeSession session = open(behaviour)) {
            session.query("go");
            assertThat(runs(recorded())).isTrue();
        }
        assertDead(recorded());
    }

    private ClaudeSession open(String behaviour) {
        return ClaudeSession.open(
                Stub.options(behaviour).env("PIDS", pids.toString()).build());
    }

    private List<ClaudeSession> openMany(int count, String behaviour) {
        List<ClaudeSession> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sessions.add(open(behaviour));
        }
        return sessions;
    }

    private static Duration closeAll(List<ClaudeSession> sessions) {
        List<Long> all = sessions.stream().map(ClaudeSession::pid).toList();
        Duration took = Usage.time(() -> {
            List<Thread> closers = new ArrayList<>();
            sessions.forEach(session -> closers.add(Thread.startVirtualThread(session::close)));
            closers.forEach(Host::join);
        });
        all.forEach(ProcessLifeTest::assertGone);
        System.out.printf("%d sessions closed at once: %d ms%n", sessions.size(), took.toMillis());
        return took;
    }

    private static <T extends ClaudeException> T failure(Class<T> type, ClaudeSession session) {
        T failure = catchThrowableOfType(type, () -> session.query("go"));
        assertThat(failure).isNotNull();
        return failure;
    }

    private long recorded() {
        try {
            return Long.parseLong(Files.readString(pids).strip());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean runs(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** An orphan is dead when it is a zombie: its reaping is not ours. */
    private static void assertDead(long orphan) {
        Path stat = Path.of("/proc", Long.toString(orphan), "stat");
        assertThat(Usage.becomes(SOON, () -> {
                    try {
                        return !runs(orphan) || Files.readString(stat).contains(") Z ");
                    } catch (IOException e) {
                        return !runs(orphan);
                    }
                }))
                .as("process %d is dead", orphan)
                .isTrue();
    }

    /** Gone, and not as a zombie either, which the JDK takes for alive. */
    private static void assertGone(long pid) {
        assertThat(Usage.becomes(SOON, () -> !runs(pid)))
                .as("process %d is gone", pid)
                .isTrue();
    }

    private static void fillCommonPool(CountDownLatch done) {
        for (int i = 0; i < ForkJoinPool.getCommonPoolParallelism() + 1; i++) {
            ForkJoinPool.commonPool().execute(() -> spinUntil(done));
        }
    }

    private static void spinUntil(CountDownLatch done) {
        // asleep in a way that no pool compensates for
        while (done.getCount() > 0) {
            Host.sleep(10);
        }
    }
}
