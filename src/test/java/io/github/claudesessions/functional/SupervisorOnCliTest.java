package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.SessionStatus;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.TurnCutException;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A supervised session whose CLI is killed goes on with the same conversation. */
@Timeout(90)
@Tag("unix")
class SupervisorOnCliTest extends SupervisedOnCli {
    @Test
    void killedBetweenTurns() {
        api.reply(
                Reply.text("I keep it").usage(1000, 10),
                Reply.text("blue").usage(2000, 20),
                Reply.text("still blue").usage(3000, 30));
        try (SessionSupervisor supervisor =
                supervisor().session("a", builder().build()).open()) {
            ClaudeSession session = supervisor.session("a");
            String id = session.sessionId().orElseThrow();
            List<String> heard = new CopyOnWriteArrayList<>();
            session.onMessage(message -> hear(message, heard));
            double first = session.query("my colour is blue").costUsd();
            long pid = session.pid();
            kill(session);

            ResultMessage second = session.query("which colour?");

            assertThat(context()).containsSubsequence("my colour is blue", "I keep it", "which colour?");
            assertThat(second.sessionId()).isEqualTo(id);
            assertThat(session.sessionId()).contains(id);
            assertThat(session.pid()).isNotEqualTo(pid);
            kill(session);
            ResultMessage third = session.query("really?");
            assertThat(context()).containsSubsequence("my colour is blue", "I keep it", "blue", "really?");
            assertThat(session.cost().usd())
                    .isCloseTo(first + second.costUsd() + third.costUsd(), within(1e-9))
                    .isPositive();
            assertThat(session.cost().turns()).isEqualTo(3);
            assertThat(session.cost().inputTokens()).isEqualTo(6000);
            Eventually.within(SOON, heard::toString, () -> heard.size() == 3);
            assertThat(heard).containsExactly("I keep it", "blue", "still blue");
            SessionStatus status = supervisor.list().getFirst();
            assertThat(status.restarts()).isEqualTo(2);
            assertThat(status.state()).isEqualTo(SessionStatus.State.RUNNING);
        }
    }

    private static void hear(Message message, List<String> heard) {
        if (message instanceof ResultMessage result) {
            heard.add(result.text());
        }
    }

    @Test
    void killedInMidTurn() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        api.reply(Reply.text("I keep it"), Reply.text("a", "b").pauseAfter(1, never), Reply.text("blue"));
        try (SessionSupervisor supervisor =
                supervisor().session("a", builder().build()).open()) {
            ClaudeSession session = supervisor.session("a");
            String id = session.sessionId().orElseThrow();
            session.query("my colour is blue");
            CountDownLatch reading = new CountDownLatch(1);
            CompletableFuture<TurnCutException> cut = async(() -> catchThrowableOfType(
                    TurnCutException.class,
                    () -> session.streamText("letters").forEach(letter -> reading.countDown())));
            await(reading);
            CompletableFuture<ResultMessage> waiting = async(() -> session.query("which colour?"));
            killProcess(session);

            TurnCutException failure = cut.get(SOON.toSeconds(), TimeUnit.SECONDS);
            assertThat(failure).hasCauseInstanceOf(ProcessExitedException.class);
            assertThat(failure.sessionId()).contains(id);
            assertThat(waiting.get(SOON.toSeconds(), TimeUnit.SECONDS).text()).isEqualTo("blue");
            assertThat(context()).containsSubsequence("my colour is blue", "I keep it", "which colour?");
            assertThat(session.sessionId()).contains(id);
            assertThat(session.cost().turns()).isEqualTo(2);
        }
    }

    /** Nothing is on disk then, so that there is nothing to resume. */
    @Test
    void killedBeforeTheFirstTurn() {
        api.reply(Reply.text("hello"));
        try (SessionSupervisor supervisor =
                supervisor().session("a", builder().build()).open()) {
            ClaudeSession session = supervisor.session("a");
            String id = session.sessionId().orElseThrow();
            kill(session);
            assertThat(session.query("first").sessionId()).isEqualTo(id);
            kill(session);
            api.reply(Reply.text("again"));
            session.query("second");
            assertThat(context()).containsSubsequence("first", "hello", "second");
        }
    }

    @Test
    void aCallerWaitsForTheRestart() {
        api.replyWith(request -> Reply.text("here"));
        try (SessionSupervisor supervisor =
                supervisor().session("a", builder().build()).open()) {
            ClaudeSession session = supervisor.session("a");
            session.query("one");
            kill(session);
            assertThat(session.mcpServers()).isEmpty();
            assertThat(session.query("two").text()).isEqualTo("here");
        }
    }
}
