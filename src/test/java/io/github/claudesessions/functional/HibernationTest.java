package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.DrainedSession;
import io.github.claudesessions.SessionStatus;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.SupervisorEvent;
import io.github.claudesessions.control.Budget;
import io.github.claudesessions.error.BudgetExceededException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.testing.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conversations that give their process up while nobody uses them, and few processes for many. */
@Timeout(120)
@Tag("unix")
class HibernationTest extends SupervisedOnCli {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration NEVER = Duration.ofHours(1);

    private final Reply reply = Reply.text("a").usage(100_000, 1000);

    private static void awaitWithoutProcess(SessionSupervisor supervisor) {
        Eventually.within(SOON, supervisor::toString, () -> supervisor.processes() == 0);
    }

    /** Session b is used, and idle for as long as it may be, twice. */
    private static void othersGo(SessionSupervisor supervisor) {
        for (int i = 0; i < 2; i++) {
            supervisor.query("b", "hello");
            Eventually.within(
                    SOON, supervisor::toString, () -> supervisor.session("b").pid() == -1);
        }
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(2 * SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void anIdleProcessEndsAndTheConversationGoesOn() {
        api.reply(Reply.text("I keep it").usage(1000, 10), Reply.text("blue").usage(1000, 10));
        try (SessionSupervisor supervisor =
                supervisor().idleTimeout(SHORT).session("a", builder().build()).open()) {
            ClaudeSession session = supervisor.session("a");
            session.setPermissionMode(PermissionMode.PLAN);
            double first = session.query("my colour is blue").costUsd();
            String id = session.sessionId().orElseThrow();
            awaitEvent(SupervisorEvent.Hibernated.class);
            awaitWithoutProcess(supervisor);
            assertThat(Processes.of(api)).isEmpty();
            assertThat(session.pid()).isEqualTo(-1);
            assertThat(supervisor.list().getFirst().state()).isEqualTo(SessionStatus.State.HIBERNATED);
            assertThat(session.cost().usd()).isCloseTo(first, within(1e-9));

            ResultMessage second = session.query("which colour?");
            assertThat(second.sessionId()).isEqualTo(id);
            assertThat(context()).containsSubsequence("my colour is blue", "I keep it", "which colour?");
            assertThat(session.cost().usd()).isCloseTo(first + second.costUsd(), within(1e-9));
            assertThat(session.cost().turns()).isEqualTo(2);
            assertThat(supervisor.list().getFirst().restarts()).isZero();
            assertThat(context()).contains("lan mode is active");
        }
    }

    @Test
    void notWhileABackgroundShellRuns() {
        api.reply(backgroundBash("while [ ! -e gate ]; do sleep 0.06; done"), Reply.text("it runs"));
        api.replyWith(request -> Reply.text("it has ended"));
        try (SessionSupervisor supervisor = supervisor()
                .idleTimeout(SHORT)
                .stuckTimeout(NEVER)
                .session("a", builder().allowedTools("Bash").build())
                .session("b", builder().build())
                .open()) {
            ClaudeSession session = supervisor.session("a");
            session.query("start");
            long pid = session.pid();
            assertThat(pid).isPositive();
            othersGo(supervisor);
            assertThat(session.pid()).isEqualTo(pid);
            assertThat(Processes.describe(api)).contains("sleep 0.06");
            cwd.resolve("gate").toFile().mkdir();
            awaitWithoutProcess(supervisor);
        }
    }

    @Test
    @Tag("long")
    void aShellThatDoesNotEndIsEndedInTheEnd() {
        api.reply(backgroundBash("sleep 64"), Reply.text("it runs"), Reply.text("again"));
        try (SessionSupervisor supervisor = supervisor()
                .idleTimeout(SHORT)
                .stuckTimeout(Duration.ofSeconds(4))
                .session("a", builder().allowedTools("Bash").build())
                .open()) {
            ClaudeSession session = supervisor.session("a");
            session.query("start");
            assertThat(session.isIdle()).isFalse();
            awaitEvent(SupervisorEvent.Hibernated.class);
            awaitWithoutProcess(supervisor);
            assertThat(Processes.describe(api)).doesNotContain("sleep 64");
            assertThat(session.query("and now?").text()).isNotEmpty();
        }
    }

    @Test
    @Tag("long")
    void notWhileSomebodyIsAskedForPermission() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        api.replyWith(request -> asks(request, "start") ? bash("touch made") : Reply.text("done"));
        try (SessionSupervisor supervisor = supervisor()
                .idleTimeout(SHORT)
                .stuckTimeout(SHORT)
                .session(
                        "a",
                        builder()
                                .permissionHandler(request -> {
                                    asked.countDown();
                                    answer.await();
                                    return PermissionDecision.allow();
                                })
                                .build())
                .session("b", builder().build())
                .open()) {
            ClaudeSession session = supervisor.session("a");
            CompletableFuture<ResultMessage> turn = async(() -> session.query("start"));
            await(asked);
            long pid = session.pid();
            othersGo(supervisor);
            assertThat(session.pid()).isEqualTo(pid);
            answer.countDown();
            assertThat(get(turn).text()).isEqualTo("done");
            assertThat(cwd.resolve("made")).exists();
        }
    }

    @Test
    @Tag("long")
    void aQueryThatMeetsTheHibernationDoesNotFail() {
        api.replyWith(request -> Reply.text("here"));
        try (SessionSupervisor supervisor = supervisor()
                .idleTimeout(Duration.ofMillis(1))
                .session("a", builder().build())
                .open()) {
            ClaudeSession session = supervisor.session("a");
            long pid = -1;
            int processes = 0;
            for (int i = 0; i < 40; i++) {
                assertThat(session.query("number " + i + ".").text()).isEqualTo("here");
                processes += session.pid() == pid ? 0 : 1;
                pid = session.pid();
                Eventually.within(SOON, session::toString, pause(i));
            }
            assertThat(processes).isGreaterThan(1);
            for (int i = 0; i < 40; i++) {
                assertThat(count(context(), "number " + i + ".")).isEqualTo(1);
            }
        }
    }

    /** True from some milliseconds on, another number each time: so the query comes at all stages of the end. */
    private static BooleanSupplier pause(int round) {
        long until = System.nanoTime() + Duration.ofMillis(round % 8 * 7L).toNanos();
        return () -> System.nanoTime() - until >= 0;
    }

    @Test
    void fourUsersShareTwoProcesses() throws Exception {
        AtomicInteger most = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        api.replyWith(request -> Reply.text("to " + request.lastUserText()));
        try (SessionSupervisor supervisor = supervisor().maxLive(2).open()) {
            CompletableFuture<Void> watch = async(() -> {
                while (!over.get()) {
                    int now = (int) ProcessHandle.current()
                            .children()
                            .filter(ProcessHandle::isAlive)
                            .count();
                    most.accumulateAndGet(Math.max(now, supervisor.processes()), Math::max);
                    LockSupport.parkNanos(2_000_000); // often enough for a process that lives for half a second
                }
                return null;
            });
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < 4; i++) {
                    String user = "user " + i;
                    answers.add(async(() -> supervisor
                            .perUser(user, builder().build())
                            .query("hello of " + user)
                            .text()));
                }
            }
            for (CompletableFuture<String> answer : answers) {
                assertThat(get(answer)).contains("hello of user");
            }
            over.set(true);
            get(watch);
            assertThat(most).hasValue(2);
            for (int i = 0; i < 4; i++) {
                assertThat(supervisor.session("user " + i).cost().turns()).isEqualTo(2);
            }
        }
    }

    @Test
    @Tag("long")
    void theBudgetCountsAllProcesses() {
        api.reply(reply, reply, reply);
        try (SessionSupervisor supervisor = supervisor()
                .idleTimeout(SHORT)
                .session("a", builder().budget(Budget.hard().turns(3)).build())
                .open()) {
            ClaudeSession session = supervisor.session("a");
            for (int i = 0; i < 3; i++) {
                session.query("turn " + i);
                awaitWithoutProcess(supervisor);
            }
            assertThat(catchThrowableOfType(BudgetExceededException.class, () -> session.query("one more"))
                            .limit())
                    .isEqualTo("TURNS");
            assertThat(session.cost().turns()).isEqualTo(3);
        }
    }

    @Test
    @Tag("long")
    void eachProcessGetsWhatRemainsOfTheLimitOfTheCli() {
        api.reply(reply, reply, reply);
        try (SessionSupervisor supervisor = supervisor()
                .idleTimeout(SHORT)
                .session("a", builder().maxBudgetUsd(0.6).build())
                .open()) {
            ClaudeSession session = supervisor.session("a");
            assertThat(session.query("1").costUsd()).isBetween(0.3, 0.6);
            awaitWithoutProcess(supervisor);
            TurnFailedException failure = catchThrowableOfType(TurnFailedException.class, () -> session.query("2"));
            assertThat(failure.reason()).isEqualTo(TurnFailedException.Reason.MAX_BUDGET);
            awaitWithoutProcess(supervisor);
            BudgetExceededException over =
                    catchThrowableOfType(BudgetExceededException.class, () -> session.query("3"));
            assertThat(over.limit()).isEqualTo("USD");
            assertThat(api.requests()).hasSize(2);
        }
    }

    @Test
    void drained() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        api.replyWith(request -> {
            if (asks(request, "never")) {
                return Reply.text("a", "b").pauseAfter(1, new CountDownLatch(1));
            }
            return asks(request, "soon") ? Reply.text("a", "b").pauseAfter(1, gate) : Reply.text("there");
        });
        String id;
        try (SessionSupervisor supervisor = supervisor()
                .session("ends", builder().build())
                .session("cut", builder().build())
                .session("silent", builder().build())
                .open()) {
            CompletableFuture<ResultMessage> ends = async(() -> supervisor.query("ends", "soon"));
            CompletableFuture<TurnFailedException> cut = async(
                    () -> catchThrowableOfType(TurnFailedException.class, () -> supervisor.query("cut", "never")));
            api.awaitRequests(2, SOON);
            CompletableFuture<List<DrainedSession>> drain = async(() -> supervisor.drain(Duration.ofSeconds(3)));
            gate.countDown();
            assertThat(get(ends).text()).isEqualTo("ab");
            List<DrainedSession> drained = get(drain);
            assertThat(drained).extracting(DrainedSession::name).containsExactly("ends", "cut", "silent");
            assertThat(drained).extracting(DrainedSession::turnCut).containsExactly(false, true, false);
            assertThat(get(cut).reason()).isEqualTo(TurnFailedException.Reason.INTERRUPTED);
            assertThat(drained.getLast().sessionId()).isEmpty();
            assertThat(Processes.of(api)).isEmpty();
            id = drained.get(1).sessionId().orElseThrow();
            try (ClaudeSession resumed =
                    ClaudeSession.open(drained.get(1).resume(builder().build()))) {
                assertThat(resumed.query("are you there?").sessionId()).isEqualTo(id);
                assertThat(context()).containsSubsequence("never", "are you there?");
            }
        }
    }
}
