package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.SessionInterruptedException;
import io.github.claudesessions.error.TurnCutException;
import io.github.claudesessions.internal.ManualTimer;
import io.github.claudesessions.internal.supervision.MemoryWatch;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.spi.Transport;
import io.github.claudesessions.spi.TransportFactory;
import io.github.claudesessions.testing.FakeClaude;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.MDC;

@Timeout(60)
class WarmSparesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final FakeClaude fake = FakeClaude.create().otherwise(turn -> turn.textDeltas(turn.prompt()));
    private final List<Transport> processes = new CopyOnWriteArrayList<>();
    private final TransportFactory counted = launch -> {
        Transport process = fake.start(launch);
        processes.add(process);
        return process;
    };
    private final ClaudeOptions options =
            ClaudeOptions.builder().transport(counted).build();

    private static void until(BooleanSupplier condition) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the time").isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private WarmSpares ready(int count) {
        WarmSpares spares = WarmSpares.of(options, count);
        assertThat(spares.awaitReady(LONG)).isTrue();
        return spares;
    }

    @Test
    void eachIsHandedOutOnceAndReplaced() {
        try (WarmSpares spares = ready(2)) {
            assertThat(processes).hasSize(2);
            try (ClaudeSession one = ClaudeSession.open(options);
                    ClaudeSession two = ClaudeSession.open(options)) {
                assertThat(one.sessionId()).isPresent().isNotEqualTo(two.sessionId());
                assertThat(one.query("1").text()).isEqualTo("1");
                assertThat(two.query("2").text()).isEqualTo("2");
                assertThat(one.cost().turns()).isEqualTo(1);
                assertThat(two.cost().turns()).isEqualTo(1);
            }
            assertThat(spares.awaitReady(LONG)).isTrue();
            assertThat(processes).hasSize(4);
            assertThat(spares).hasToString("WarmSpares[2 of 2 ready]");
        }
        assertThat(fake.running()).isZero();
    }

    @Test
    void oneShotCallsTakeThemToo() {
        try (WarmSpares spares = ready(1)) {
            assertThat(Claude.query("a", options).text()).isEqualTo("a");
            assertThat(spares.awaitReady(LONG)).isTrue();
            assertThat(Claude.stream("b", options).flatMap(Messages.text()).toList())
                    .containsExactly("b");
            assertThat(spares.awaitReady(LONG)).isTrue();
            assertThat(String.join("", Claude.streamText("c", options).toList()))
                    .isEqualTo("c");
            assertThat(spares.awaitReady(LONG)).isTrue();
            assertThat(processes).hasSize(4);
        }
        until(() -> fake.running() == 0);
    }

    /** A spare process writes stream events, which a caller gets only if it asked for them. */
    @Test
    void callersGetTheSameMessagesAsWithout() {
        List<Class<?>> cold = types(options);
        ClaudeOptions partial = options.toBuilder().includePartialMessages(true).build();
        List<Class<?>> coldPartial = types(partial);
        try (WarmSpares spares = ready(1);
                WarmSpares partials = WarmSpares.of(partial, 1)) {
            assertThat(partials.awaitReady(LONG)).isTrue();
            int before = processes.size();
            assertThat(types(options)).isEqualTo(cold);
            assertThat(types(partial)).isEqualTo(coldPartial).isNotEqualTo(cold);
            assertThat(spares.awaitReady(LONG) && partials.awaitReady(LONG)).isTrue();
            assertThat(processes).hasSize(before + 2);
        }
        until(() -> fake.running() == 0);
    }

    private static List<Class<?>> types(ClaudeOptions options) {
        return Claude.stream("?", options).<Class<?>>map(Message::getClass).toList();
    }

    @Test
    void otherOptionsGetProcessesOfTheirOwn() {
        try (WarmSpares spares = ready(1)) {
            ClaudeOptions other = options.toBuilder().model("other").build();
            assertThat(Claude.query("a", other).text()).isEqualTo("a");
            assertThat(Claude.query("a", options.toBuilder().sessionId(newId()).build())
                            .text())
                    .isEqualTo("a");
            assertThat(processes).hasSize(3);
            assertThat(spares.ready()).isEqualTo(1);
            assertThat(fake.launches().getFirst().arguments()).doesNotContain("--model=other");
        }
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    @Test
    void manyTakersGetDifferentOnes() {
        try (WarmSpares spares = ready(4)) {
            List<CompletableFuture<ClaudeSession>> takers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                takers.add(Fakes.async(() -> ClaudeSession.open(options)));
            }
            Set<String> ids = new HashSet<>();
            for (CompletableFuture<ClaudeSession> taker : takers) {
                ClaudeSession session = taker.join();
                ids.add(session.sessionId().orElseThrow());
                session.close();
            }
            assertThat(ids).hasSize(8);
            assertThat(spares.awaitReady(LONG)).isTrue();
        }
        assertThat(fake.running()).isZero();
    }

    @Test
    void oneThatHasEndedIsReplaced() {
        ManualTimer timer = new ManualTimer();
        try (WarmSpares spares = WarmSpares.of(options, 1, LONG, timer)) {
            assertThat(awaitReady(spares)).isTrue();
            processes.getFirst().kill();
            until(() -> spares.ready() == 0);
            assertThat(Claude.query("a", options).text()).isEqualTo("a");
            assertThat(processes).hasSize(2); // the pool pauses: something may be wrong
            timer.advance(Duration.ofSeconds(2));
            until(() -> spares.ready() == 1);
            assertThat(processes).hasSize(3);
        }
    }

    private static boolean awaitReady(WarmSpares spares) {
        until(() -> spares.ready() == 1);
        return true;
    }

    @Test
    void oneThatDoesNotAnswerIsNotHandedOut() {
        AtomicInteger asked = new AtomicInteger();
        fake.onControl("get_binary_version", request -> asked.getAndIncrement() == 0 ? null : Map.of());
        try (WarmSpares spares = ready(1)) {
            assertThat(Claude.query("a", options).text()).isEqualTo("a");
            assertThat(asked.get()).isPositive();
            assertThat(spares.awaitReady(LONG)).isTrue();
            assertThat(processes).hasSize(3);
        }
        until(() -> fake.running() == 0);
    }

    @Test
    void oneThatIsTooOldIsReplaced() {
        ManualTimer timer = new ManualTimer();
        Duration age = Duration.ofMinutes(1);
        try (WarmSpares spares = WarmSpares.of(options, 1, age, timer)) {
            awaitReady(spares);
            String first = fake.launches().getFirst().arguments().toString();
            timer.advance(age.minusMillis(1));
            assertThat(spares.ready()).isEqualTo(1);
            timer.advance(Duration.ofMillis(1));
            until(() -> processes.size() == 2 && spares.ready() == 1 && fake.running() == 1);
            try (ClaudeSession session = ClaudeSession.open(options)) {
                assertThat(first).doesNotContain(session.sessionId().orElseThrow());
            }
        }
    }

    @Test
    void oneInAFolderThatIsAnotherNowIsNotHandedOut(@TempDir Path folder) throws IOException {
        Path cwd = Files.createDirectory(folder.resolve("cwd"));
        ClaudeOptions there = options.toBuilder().cwd(cwd).build();
        try (WarmSpares spares = WarmSpares.of(there, 1)) {
            assertThat(spares.awaitReady(LONG)).isTrue();
            Files.createDirectory(folder.resolve("next"));
            Files.delete(cwd);
            Files.move(folder.resolve("next"), cwd);
            try (ClaudeSession session = ClaudeSession.open(there)) {
                assertThat(fake.launches().getFirst().arguments().toString())
                        .doesNotContain(session.sessionId().orElseThrow());
            }
            assertThat(spares.awaitReady(LONG)).isTrue();
        }
    }

    @Test
    void startsThatFailAreRepeatedAfterAPause() {
        ManualTimer timer = new ManualTimer();
        AtomicInteger starts = new AtomicInteger();
        ClaudeOptions broken = options.toBuilder()
                .transport(launch -> {
                    if (starts.incrementAndGet() <= 2) {
                        throw new LaunchException("no", LaunchException.Reason.SYSTEM, null);
                    }
                    return fake.start(launch);
                })
                .build();
        try (WarmSpares spares = WarmSpares.of(broken, 1, LONG, timer)) {
            for (int failed = 1; failed <= 2; failed++) {
                int so = failed;
                until(() -> starts.get() == so && timer.waiting() == 1);
                assertThat(spares.ready()).isZero();
                timer.advance(Duration.ofMillis(300));
                assertThat(starts).hasValue(failed);
                timer.advance(Duration.ofMillis(failed == 1 ? 300 : 900)); // not as long as the next pause too
            }
            awaitReady(spares);
            assertThat(starts).hasValue(3);
        }
        assertThat(fake.running()).isZero();
    }

    /** As any process that has ended does: its conversation is over. */
    @Test
    void oneThatEndsAfterItWasTakenFailsItsFirstCall() {
        try (WarmSpares spares = ready(1);
                ClaudeSession session = ClaudeSession.open(options)) {
            processes.getFirst().kill();
            until(() -> session.health() instanceof Health.Unhealthy);
            assertThatExceptionOfType(ProcessExitedException.class).isThrownBy(() -> session.query("a"));
            assertThat(Claude.query("b", options).text()).isEqualTo("b");
            assertThat(spares.awaitReady(LONG)).isTrue();
        }
        until(() -> fake.running() == 0);
    }

    @Test
    void closingThePoolLeavesWhatItHandedOut() {
        WarmSpares spares = ready(2);
        try (ClaudeSession session = ClaudeSession.open(options)) {
            spares.close();
            spares.close();
            assertThat(spares.awaitReady(Duration.ofMillis(1))).isFalse();
            assertThat(session.query("a").text()).isEqualTo("a");
            assertThat(fake.running()).isEqualTo(1);
        }
        assertThat(fake.running()).isZero();
        int before = processes.size();
        Claude.query("a", options);
        assertThat(processes).hasSize(before + 1);
    }

    @Test
    void closingThePoolEndsStartsToo() {
        for (int i = 0; i < 20; i++) {
            WarmSpares.of(options, 3).close();
        }
        assertThat(fake.running()).isZero();
    }

    @Test
    void countMustBePositiveAndTheAgeToo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WarmSpares.of(options, 0))
                .withMessage("count must be at least 1, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WarmSpares.of(options, 1, Duration.ZERO))
                .withMessageContaining("maxAge must be");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionSupervisor.builder().warmSpares(options, 1, Duration.ZERO))
                .withMessageContaining("maxAge must be");
    }

    @Test
    void whoWaitsForAProcessThatDoesNotAnswerDoesNotWaitForTheOthersToo() {
        fake.onControl("get_binary_version", request -> null);
        try (WarmSpares spares = ready(3)) {
            long start = System.nanoTime();
            assertThat(Claude.query("a", options).text()).isEqualTo("a");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(seconds(1), seconds(4));
            assertThat(processes).hasSizeGreaterThanOrEqualTo(4);
            assertThat(spares.ready()).isPositive();
        }
        until(() -> fake.running() == 0);
    }

    private static Duration seconds(int count) {
        return Duration.ofSeconds(count);
    }

    @Test
    void anInterruptedTakerLeavesNothingBehind() {
        CountDownLatch asked = new CountDownLatch(1);
        fake.onControl("get_binary_version", request -> {
            asked.countDown();
            return null;
        });
        try (WarmSpares spares = ready(1)) {
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            Thread taker = Thread.ofVirtual().start(() -> {
                try {
                    end.complete(new AssertionError(Claude.query("a", options).text()));
                } catch (RuntimeException e) {
                    end.complete(e);
                }
            });
            Fakes.await(asked);
            taker.interrupt();
            assertThat(end.join()).isInstanceOf(SessionInterruptedException.class);
            assertThat(spares.awaitReady(LONG)).isTrue();
            until(() -> fake.running() == 1);
        }
        assertThat(fake.running()).isZero();
    }

    // ---- of a supervisor

    @Test
    void supervisedSessionsBeginOnSpares() {
        try (SessionSupervisor supervisor =
                SessionSupervisor.builder().warmSpares(options, 2).open()) {
            until(() -> supervisor.spares() == 2);
            supervisor.start("a", options);
            assertThat(supervisor.perUser("b", options).query("b").text()).isEqualTo("b");
            Set<String> first = new HashSet<>();
            fake.launches().subList(0, 2).forEach(launch -> first.add(id(launch.arguments())));
            assertThat(List.of(
                            supervisor.session("a").sessionId().orElseThrow(),
                            supervisor.session("b").sessionId().orElseThrow()))
                    .containsExactlyInAnyOrderElementsOf(first);
            until(() -> supervisor.spares() == 2);
            assertThat(supervisor.processes()).isEqualTo(4);
            supervisor.<String>perRequest(options, session -> session.query("c").text());
            until(() -> supervisor.spares() == 2 && supervisor.processes() == 4);
            assertThat(processes).hasSize(5);
        }
        assertThat(fake.running()).isZero();
    }

    private static String id(List<String> arguments) {
        return arguments.stream()
                .filter(argument -> argument.startsWith("--session-id="))
                .findFirst()
                .orElseThrow()
                .substring("--session-id=".length());
    }

    @Test
    void supervisedSessionOnASpareComesBackAsOthersDo() {
        fake.answer("first").turn(turn -> turn.exit(1));
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .backoff(Backoff.none())
                .warmSpares(options, 1)
                .open()) {
            until(() -> supervisor.spares() == 1);
            ClaudeSession session = supervisor.start("a", options);
            String id = session.sessionId().orElseThrow();
            session.query("one");
            assertThatExceptionOfType(TurnCutException.class).isThrownBy(() -> session.query("die"));
            assertThat(session.query("a").text()).isEqualTo("a");
            assertThat(session.sessionId()).contains(id);
            assertThat(fake.launches())
                    .anySatisfy(launch -> assertThat(launch.arguments()).contains("--resume=" + id));
        }
    }

    @Test
    void sparesGiveWayToSessions() {
        ClaudeOptions other = options.toBuilder().model("other").build();
        AtomicInteger most = new AtomicInteger();
        fake.otherwise(turn -> {
            most.accumulateAndGet(fake.running(), Math::max);
            turn.textDeltas(turn.prompt());
        });
        try (SessionSupervisor supervisor =
                SessionSupervisor.builder().maxLive(3).warmSpares(options, 5).open()) {
            until(() -> supervisor.spares() == 3);
            for (int i = 0; i < 3; i++) {
                supervisor.start("other " + i, other);
                assertThat(supervisor.query("other " + i, "a").text()).isEqualTo("a");
            }
            assertThat(supervisor.spares()).isZero();
            assertThat(supervisor.query("other 0", "a").text()).isEqualTo("a");
            supervisor.terminate("other 1");
            until(() -> supervisor.spares() == 1);
            assertThat(supervisor.processes()).isEqualTo(3);
            assertThat(most.get()).isBetween(1, 3);
        }
        assertThat(fake.running()).isZero();
    }

    /** They would not count for what the supervisor may have. */
    @Test
    void supervisedSessionsLeaveTheSparesOfTheJvmAlone() {
        try (WarmSpares spares = ready(1);
                SessionSupervisor supervisor =
                        SessionSupervisor.builder().maxLive(1).open()) {
            assertThat(supervisor.<String>perRequest(
                            options, session -> session.sessionId().orElseThrow()))
                    .isEqualTo(id(fake.launches().getLast().arguments()));
            assertThat(spares.ready()).isEqualTo(1);
            assertThat(supervisor.spares()).isZero();
        }
        until(() -> fake.running() == 0);
    }

    @Test
    void sparesDoNotMakeASupervisorUnready() {
        try (SessionSupervisor supervisor =
                SessionSupervisor.builder().maxLive(2).warmSpares(options, 2).open()) {
            until(() -> supervisor.spares() == 2);
            assertThat(supervisor.health().ready()).isTrue();
            assertThat(supervisor.health().processes()).isEqualTo(2);
            assertThat(supervisor.count()).isZero();
        }
    }

    @Test
    void drainEndsSparesAtOnce() {
        try (SessionSupervisor supervisor =
                SessionSupervisor.builder().warmSpares(options, 2).open()) {
            until(() -> supervisor.spares() == 2);
            assertThat(supervisor.drain(LONG)).isEmpty();
            assertThat(fake.running()).isZero();
        }
    }

    @Test
    void sparesNeedRoomInTheMemoryToo() {
        ManualTimer timer = new ManualTimer();
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .timer(timer)
                .maxMemory(300L << 20)
                .memory(pid -> 0)
                .warmSpares(options, 2)
                .open()) {
            until(() -> supervisor.spares() == 2);
            timer.advance(MemoryWatch.INTERVAL);
            until(() -> supervisor.spares() == 0 && fake.running() == 0);
            supervisor.start("a", options);
            assertThat(supervisor.processes()).isEqualTo(1);
        }
    }

    /** Its log lines are told apart by the name, which the process did not have when it was started. */
    @Test
    void aSpareTakesTheNameOfItsSession() throws ReflectiveOperationException {
        BlockingQueue<Map<String, String>> seen = new LinkedBlockingQueue<>();
        LogContextTest.withMdc(() -> {
            try (SessionSupervisor supervisor =
                    SessionSupervisor.builder().warmSpares(options, 1).open()) {
                until(() -> supervisor.spares() == 1);
                ClaudeSession session = supervisor.start("ann", options);
                session.onMessage(message -> seen.add(MDC.getCopyOfContextMap()));
                session.query("a");
                assertThat(Fakes.take(seen))
                        .containsEntry("claude.name", "ann")
                        .containsEntry("claude.session", session.sessionId().orElseThrow());
            }
        });
    }
}
