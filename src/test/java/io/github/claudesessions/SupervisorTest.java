package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.CliNotFoundException;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.PromptFate;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.SessionGaveUpException;
import io.github.claudesessions.error.SessionLimitException;
import io.github.claudesessions.error.TurnCutException;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.FakeClaude;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SupervisorTest {
    private final FakeClaude fake = FakeClaude.create();
    private final ClaudeOptions options = Fakes.options(fake);
    private final BlockingQueue<SupervisorEvent> events = new LinkedBlockingQueue<>();

    private final List<SupervisorEvent> seen = new ArrayList<>();

    private SessionSupervisor.Builder builder() {
        return SessionSupervisor.builder().backoff(Backoff.none()).onEvent(events::add);
    }

    /** The next event of that type. Events of several sessions come in any order. */
    private <E extends SupervisorEvent> E await(Class<E> type) {
        while (true) {
            for (SupervisorEvent event : seen) {
                if (type.isInstance(event)) {
                    seen.remove(event);
                    return type.cast(event);
                }
            }
            seen.add(Fakes.take(events));
        }
    }

    @Test
    void sessionsHaveNames() {
        fake.otherwise(turn -> turn.result(turn.prompt()));
        try (SessionSupervisor supervisor = builder().session("a", options).open()) {
            supervisor.start("b", options);
            assertThat(supervisor.query("a", "one").text()).isEqualTo("one");
            assertThat(supervisor.query("b", "two").text()).isEqualTo("two");
            assertThat(supervisor.count()).isEqualTo(2);
            assertThat(supervisor.session("b").awaitIdle(Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(supervisor.list()).extracting(SessionStatus::name).containsExactly("a", "b");
            assertThat(supervisor.list()).allSatisfy(status -> {
                assertThat(status.state()).isEqualTo(SessionStatus.State.RUNNING);
                assertThat(status.sessionId()).isPresent();
                assertThat(status.idleSince()).isPresent();
            });
            supervisor.terminate("b");
            assertThat(supervisor.count()).isEqualTo(1);
            assertThat(supervisor.find("b")).isEmpty();
            assertThat(fake.running()).isEqualTo(1);
        }
        assertThat(fake.running()).isZero();
    }

    @Test
    void namesThatAreUnknownOrInUseAreRefused() {
        try (SessionSupervisor supervisor = builder().session("a", options).open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> supervisor.start("a", options))
                    .withMessageContaining("\"a\"");
            for (String name : List.of("b", "")) {
                assertThatIllegalArgumentException().isThrownBy(() -> supervisor.query(name, "?"));
                assertThatIllegalArgumentException().isThrownBy(() -> supervisor.terminate(name));
                assertThatIllegalArgumentException().isThrownBy(() -> supervisor.restart(name));
                assertThatIllegalArgumentException().isThrownBy(() -> supervisor.session(name));
            }
            assertThatIllegalArgumentException().isThrownBy(() -> supervisor.start(" ", options));
        }
    }

    @Test
    void deadProcessIsReplacedAndTheHandleStays() {
        fake.turn(turn -> turn.result("before"));
        fake.turn(turn -> turn.text("half").exit(1));
        fake.otherwise(turn -> turn.result("after"));
        try (SessionSupervisor supervisor = builder().session("a", options).open()) {
            ClaudeSession session = supervisor.session("a");
            String id = session.sessionId().orElseThrow();
            assertThat(session.query("one").text()).isEqualTo("before");
            assertThatExceptionOfType(TurnCutException.class)
                    .isThrownBy(() -> session.query("two"))
                    .satisfies(e -> {
                        assertThat(e.fate()).isEqualTo(PromptFate.UNKNOWN);
                        assertThat(e.sessionId()).contains(id);
                        assertThat(e.promptUuid()).isPresent();
                        assertThat(e.toolStarted()).isFalse();
                        assertThat(e).hasCauseInstanceOf(ProcessExitedException.class);
                    });
            assertThat(session.query("three").text()).isEqualTo("after");
            assertThat(session.sessionId()).contains(id);
            assertThat(session.cost().turns()).isEqualTo(2);
            assertThat(fake.launches()).hasSize(2);
            assertThat(fake.launches().getLast().arguments()).contains("--resume=" + id);
            SessionStatus status = supervisor.list().getFirst();
            assertThat(status.restarts()).isEqualTo(1);
            assertThat(status.lastFailure()).isPresent();
            assertThat(await(SupervisorEvent.Restarting.class).name()).isEqualTo("a");
        }
    }

    @Test
    void listenersHearAllProcesses() {
        fake.turn(turn -> turn.exit(1));
        fake.otherwise(turn -> turn.result("after"));
        try (SessionSupervisor supervisor = builder().session("a", options).open()) {
            ClaudeSession session = supervisor.session("a");
            BlockingQueue<Message> heard = new LinkedBlockingQueue<>();
            session.onMessage(message -> {
                if (message instanceof ResultMessage) {
                    heard.add(message);
                }
            });
            assertThatThrownBy(() -> session.query("one")).isInstanceOf(TurnCutException.class);
            session.query("two");
            assertThat(((ResultMessage) Fakes.take(heard)).text()).isEqualTo("after");
        }
    }

    @Test
    void promptThatWaitedForItsTurnGoesToTheNextProcess() {
        CountDownLatch second = new CountDownLatch(1);
        fake.turn(turn -> turn.text("half").await(second).exit(1));
        fake.otherwise(turn -> turn.result("answer to " + turn.prompt()));
        try (SessionSupervisor supervisor = builder().session("a", options).open()) {
            CompletableFuture<Throwable> first =
                    Fakes.async(() -> supervisor.query("a", "one")).handle((result, failure) -> failure);
            CompletableFuture<ResultMessage> waiting = new CompletableFuture<>();
            while (fake.prompts().isEmpty()) {
                Thread.onSpinWait();
            }
            Thread caller = Thread.ofVirtual().start(() -> waiting.complete(supervisor.query("a", "two")));
            Fakes.awaitWaiting(caller);
            second.countDown();
            assertThat(first.join()).hasCauseInstanceOf(TurnCutException.class);
            assertThat(waiting.join().text()).isEqualTo("answer to two");
        }
    }

    @Test
    void tooManyFailuresAreGivenUpAndTheOthersGoOn() {
        fake.otherwise(turn -> {
            if (turn.prompt().equals("die")) {
                turn.exit(9);
            } else {
                turn.result("fine");
            }
        });
        try (SessionSupervisor supervisor = builder()
                .maxRestarts(2)
                .within(Duration.ofMinutes(10))
                .session("a", options)
                .session("b", options)
                .open()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> supervisor.query("a", "die")).isInstanceOf(TurnCutException.class);
            }
            assertThat(await(SupervisorEvent.GaveUp.class).cause()).isInstanceOf(ProcessExitedException.class);
            assertThatExceptionOfType(SessionGaveUpException.class)
                    .isThrownBy(() -> supervisor.query("a", "live"))
                    .satisfies(e -> assertThat(e.name()).isEqualTo("a"))
                    .withCauseInstanceOf(ProcessExitedException.class);
            assertThat(supervisor.session("a").health()).isInstanceOf(Health.Unhealthy.class);
            assertThat(supervisor.list().getFirst().state()).isEqualTo(SessionStatus.State.GAVE_UP);
            assertThat(supervisor.query("b", "live").text()).isEqualTo("fine");
            supervisor.restart("a");
            assertThat(supervisor.query("a", "live").text()).isEqualTo("fine");
        }
    }

    @Test
    void exitZeroIsAnEndForSome() {
        fake.otherwise(turn -> {
            if (turn.prompt().equals("leave")) {
                turn.text("bye").exit(0);
            } else {
                turn.result("here");
            }
        });
        try (SessionSupervisor supervisor = builder().open()) {
            supervisor.start("permanent", options, RestartPolicy.PERMANENT);
            supervisor.start("transient", options, RestartPolicy.TRANSIENT);
            supervisor.start("temporary", options, RestartPolicy.TEMPORARY);
            for (String name : List.of("permanent", "transient", "temporary")) {
                assertThatThrownBy(() -> supervisor.query(name, "leave")).isInstanceOf(TurnCutException.class);
            }
            assertThat(await(SupervisorEvent.Restarting.class).name()).isEqualTo("permanent");
            assertThat(await(SupervisorEvent.Stopped.class).name()).isEqualTo("temporary");
            assertThat(supervisor.query("permanent", "there?").text()).isEqualTo("here");
            assertThat(supervisor.query("transient", "there?").text()).isEqualTo("here");
            assertThat(supervisor.find("temporary")).isEmpty();
        }
    }

    @Test
    void whatWasChangedHoldsInTheNextProcess() {
        fake.turn(turn -> turn.exit(1));
        fake.otherwise(turn -> turn.result("after"));
        for (String subtype : List.of("apply_flag_settings", "mcp_toggle", "set_max_thinking_tokens")) {
            fake.onControl(subtype, request -> Map.of());
        }
        try (SessionSupervisor supervisor = builder()
                .session(
                        "a",
                        options.toBuilder()
                                .permissionMode(PermissionMode.ACCEPT_EDITS)
                                .build())
                .open()) {
            ClaudeSession session = supervisor.session("a");
            session.setPermissionMode(PermissionMode.PLAN);
            session.setModel("other");
            session.controls().applyFlagSettings(Map.of("one", 1));
            session.controls().applyFlagSettings(Map.of("two", 2));
            session.toggleMcpServer("docs", false);
            session.controls().setMaxThinkingTokens(7);
            assertThatThrownBy(() -> session.query("die")).isInstanceOf(TurnCutException.class);
            int before = fake.received().size();
            session.query("go on");
            assertThat(fake.launches().getLast().arguments())
                    .contains("--permission-mode=plan", "--model=other")
                    .doesNotContain("--permission-mode=acceptEdits");
            List<Object> replayed = new ArrayList<>();
            fake.received().forEach(line -> {
                if (line.get("request") instanceof Map<?, ?> request) {
                    replayed.add(request.get("subtype"));
                }
            });
            assertThat(before).isPositive();
            assertThat(replayed).endsWith("initialize", "apply_flag_settings", "mcp_toggle", "set_max_thinking_tokens");
            assertThat(fake.received())
                    .anySatisfy(line -> assertThat(line.get("request"))
                            .isInstanceOfSatisfying(
                                    Map.class,
                                    request ->
                                            assertThat(request.get("settings")).isEqualTo(Map.of("one", 1, "two", 2))));
        }
    }

    @Test
    void sessionThatCanNotBeStartedLeavesNoName() {
        ClaudeOptions broken = ClaudeOptions.builder()
                .transport(launch -> {
                    throw new CliNotFoundException("it is not there", List.of(), null);
                })
                .build();
        try (SessionSupervisor supervisor = builder().open()) {
            assertThatThrownBy(() -> supervisor.start("a", broken)).isInstanceOf(CliNotFoundException.class);
            assertThat(supervisor.count()).isZero();
            supervisor.start("a", options);
        }
        assertThatThrownBy(() ->
                        builder().session("a", options).session("b", broken).open())
                .isInstanceOf(CliNotFoundException.class);
        assertThat(fake.running()).isZero();
    }

    @Test
    void idleSessionGivesItsProcessUpAndComesBack() {
        fake.otherwise(turn -> turn.result(turn.prompt()));
        try (SessionSupervisor supervisor = builder()
                .idleTimeout(Duration.ofMillis(50))
                .session("a", options)
                .open()) {
            ClaudeSession session = supervisor.session("a");
            String id = session.sessionId().orElseThrow();
            session.query("one");
            await(SupervisorEvent.Hibernated.class);
            assertThat(session.isIdle()).isTrue();
            assertThat(session.health()).isInstanceOf(Health.Healthy.class);
            assertThat(session.sessionId()).contains(id);
            assertThat(session.query("two").text()).isEqualTo("two");
            assertThat(session.sessionId()).contains(id);
            assertThat(session.cost().turns()).isEqualTo(2);
            assertThat(supervisor.list().getFirst().restarts()).isZero();
        }
    }

    @Test
    void neverMoreProcessesThanAllowed() {
        AtomicInteger most = new AtomicInteger();
        fake.otherwise(turn -> {
            most.accumulateAndGet(fake.running(), Math::max);
            turn.result(turn.prompt());
        });
        try (SessionSupervisor supervisor = builder().maxLive(2).open()) {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String name = "user " + i;
                answers.add(Fakes.async(
                        () -> supervisor.perUser(name, options).query(name).text()));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(answers.get(i).join()).isEqualTo("user " + i);
            }
            assertThat(most.get()).isBetween(1, 2);
            assertThat(supervisor.processes()).isLessThanOrEqualTo(2);
            assertThat(supervisor.count()).isEqualTo(20);
        }
    }

    @Test
    void nobodyGivesWayForOneThatCouldNotBeStartedYet() {
        CountDownLatch gate = new CountDownLatch(1);
        fake.otherwise(turn -> turn.result(turn.prompt()));
        ClaudeOptions slow = ClaudeOptions.builder()
                .transport(launch -> {
                    Fakes.await(gate);
                    return fake.start(launch);
                })
                .build();
        try (SessionSupervisor supervisor = builder()
                .maxLive(4)
                .maxStarting(1)
                .session("a", options)
                .session("b", options)
                .session("c", options)
                .session("d", options)
                .open()) {
            List.of("a", "b", "c", "d").forEach(name -> supervisor.query(name, "go"));
            List<CompletableFuture<ResultMessage>> starting = List.of("e", "f", "g", "h").stream()
                    .map(name ->
                            Fakes.async(() -> supervisor.perUser(name, slow).query(name)))
                    .toList();
            while (fake.running() != 2 || supervisor.waiting() != 2) {
                Thread.onSpinWait(); // one starts, and one is the next
            }
            for (int i = 0; i < 5; i++) {
                supervisor.query("c", "go");
                supervisor.query("d", "go");
            }
            assertThat(fake.launches()).hasSize(4);
            gate.countDown();
            assertThat(starting).extracting(answer -> answer.join().text()).containsExactly("e", "f", "g", "h");
        } finally {
            gate.countDown();
        }
    }

    @Test
    void nestedQueryAtTheLimitFailsWithAnExplanation() {
        CountDownLatch never = new CountDownLatch(1);
        fake.turn(turn -> turn.text("one").await(never));
        fake.otherwise(turn -> turn.result("done"));
        try (SessionSupervisor supervisor = builder()
                .maxLive(1)
                .waitTimeout(Duration.ofSeconds(3))
                .session("outer", options)
                .session("inner", options)
                .open()) {
            assertThatExceptionOfType(SessionLimitException.class)
                    .isThrownBy(
                            () -> supervisor.stream("outer", "go").forEach(message -> supervisor.query("inner", "go")))
                    .withMessageContaining("maxLive")
                    .withMessageContaining("callback or a stream");
            assertThat(supervisor.session("outer").awaitIdle(Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(supervisor.query("inner", "go").text()).isEqualTo("done");
        }
    }

    @Test
    void requestHasASessionOfItsOwn() {
        fake.otherwise(turn -> turn.result(turn.prompt()));
        try (SessionSupervisor supervisor = builder().open()) {
            assertThat(supervisor.<String>perRequest(
                            options, session -> session.query("hello").text()))
                    .isEqualTo("hello");
            assertThatThrownBy(() -> supervisor.<String>perRequest(options, session -> {
                        throw new ArithmeticException();
                    }))
                    .isInstanceOf(ArithmeticException.class);
            assertThat(supervisor.count()).isZero();
        }
        assertThat(fake.running()).isZero();
    }

    @Test
    void userSessionEndsWithItsOwner() {
        fake.otherwise(turn -> turn.result(turn.prompt()));
        try (SessionSupervisor supervisor = builder().open()) {
            CompletableFuture<Void> owner = new CompletableFuture<>();
            ClaudeSession session = supervisor.perUser("ann", options);
            session.linkTo(owner);
            assertThat(supervisor.perUser("ann", options)).isSameAs(session);
            session.query("hello");
            owner.complete(null);
            await(SupervisorEvent.Stopped.class);
            assertThatThrownBy(() -> session.query("more")).isInstanceOf(SessionClosedException.class);
            assertThat(supervisor.perUser("ann", options)).isNotSameAs(session);
        }
    }

    @Test
    void allAreRestartedWithOne() {
        fake.otherwise(turn -> {
            if (turn.prompt().equals("die")) {
                turn.exit(1);
            } else {
                turn.result("fine");
            }
        });
        try (SessionSupervisor supervisor = builder()
                .strategy(RestartStrategy.REST_FOR_ONE)
                .session("a", options)
                .session("b", options)
                .session("c", options)
                .open()) {
            assertThatThrownBy(() -> supervisor.query("b", "die")).isInstanceOf(TurnCutException.class);
            for (int started = 0; started < 2; ) {
                started += await(SupervisorEvent.Started.class).again() ? 1 : 0;
            }
            assertThat(supervisor.list()).extracting(SessionStatus::restarts).containsExactly(0, 1, 1);
            assertThat(supervisor.query("c", "fine?").text()).isEqualTo("fine");
        }
    }

    @Test
    void closedSupervisorTakesNoWork() {
        SessionSupervisor supervisor = builder().session("a", options).open();
        ClaudeSession session = supervisor.session("a");
        supervisor.close();
        supervisor.close();
        assertThatThrownBy(() -> session.query("?")).isInstanceOf(SessionClosedException.class);
        assertThatThrownBy(() -> supervisor.start("b", options)).isInstanceOf(SessionClosedException.class);
        assertThat(fake.running()).isZero();
    }
}
