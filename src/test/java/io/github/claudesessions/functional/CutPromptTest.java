package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Registration;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.SupervisorEvent;
import io.github.claudesessions.error.PromptFate;
import io.github.claudesessions.error.TurnCutException;
import io.github.claudesessions.message.CommandLifecycle;
import io.github.claudesessions.message.LifecycleState;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of a prompt whose process is killed, and when it is sent again. */
@Timeout(90)
@Tag("unix")
@Tag("long")
class CutPromptTest extends SupervisedOnCli {
    private static final String COLOUR = "my colour is blue";
    private static final String CUT = "which colour is it?";

    private final CountDownLatch never = new CountDownLatch(1);

    private SessionSupervisor open(boolean retry, ClaudeOptions.Builder options) {
        return supervisor().retryCutTurns(retry).session("a", options.build()).open();
    }

    /** Has a session whose first turn has ended. */
    private ClaudeSession spokenTo(SessionSupervisor supervisor) {
        api.reply(Reply.text("I keep it"));
        ClaudeSession session = supervisor.session("a");
        session.query(COLOUR);
        return session;
    }

    private static CompletableFuture<TurnCutException> cut(ClaudeSession session, String prompt) {
        return async(() -> catchThrowableOfType(TurnCutException.class, () -> session.query(prompt)));
    }

    private static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    /** The CLI does not read what is sent from now on, but the pipe takes it. */
    private static void stop(ClaudeSession session) throws Exception {
        assertThat(new ProcessBuilder("kill", "-STOP", Long.toString(session.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private void awaitOnDisk(String text) {
        Path projects = Path.of(api.environment().getOrDefault("CLAUDE_CONFIG_DIR", ""), "projects");
        Eventually.within(SOON, () -> text + " is not on disk", () -> {
            try (Stream<Path> files = Files.walk(projects)) {
                return files.filter(file -> file.toString().endsWith(".jsonl"))
                        .anyMatch(file -> read(file)
                                .lines()
                                .anyMatch(row -> row.contains("\"type\":\"user\"") && row.contains(text)));
            } catch (IOException | UncheckedIOException e) {
                return false;
            }
        });
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the process when the model has been asked with the prompt, and the prompt is on disk. */
    private void killInTurn(ClaudeSession session, int requests) {
        api.awaitRequests(requests, SOON);
        awaitOnDisk(CUT);
        killProcess(session);
    }

    @Test
    void lost() throws Exception {
        try (SessionSupervisor supervisor = open(false, builder())) {
            ClaudeSession session = spokenTo(supervisor);
            stop(session);
            CompletableFuture<TurnCutException> cut = cut(session, CUT);
            Eventually.within(SOON, session::toString, () -> !session.isIdle());
            killProcess(session);

            TurnCutException failure = get(cut);
            assertThat(failure.fate()).isEqualTo(PromptFate.LOST);
            assertThat(failure.promptUuid()).isPresent();
            assertThat(failure.toolStarted()).isFalse();
            api.reply(Reply.text("blue"));
            session.query(CUT);
            assertThat(count(context(), CUT)).isEqualTo(1);
            assertThat(context()).contains(COLOUR);
        }
    }

    /** The row may be on disk or not; the exception knows. */
    @Test
    void killedWhenItHasStarted() throws Exception {
        try (SessionSupervisor supervisor = open(false, builder())) {
            ClaudeSession session = spokenTo(supervisor);
            api.replyWith(request -> Reply.hang());
            Registration listening = session.onMessage(message -> {
                if (message instanceof CommandLifecycle step && step.state().equals(LifecycleState.STARTED)) {
                    killProcess(session);
                }
            });
            TurnCutException failure = get(cut(session, CUT));
            assertThat(failure.fate()).isIn(PromptFate.LOST, PromptFate.KEPT);
            listening.close();

            api.replyWith(request -> Reply.text("blue"));
            session.query("well?");
            assertThat(count(context(), CUT)).isEqualTo(failure.fate() == PromptFate.KEPT ? 1 : 0);
        }
    }

    @Test
    void kept() throws Exception {
        try (SessionSupervisor supervisor = open(false, builder())) {
            ClaudeSession session = spokenTo(supervisor);
            api.reply(Reply.text("a", "b").pauseAfter(1, never));
            CompletableFuture<TurnCutException> cut = cut(session, CUT);
            killInTurn(session, 2);

            assertThat(get(cut).fate()).isEqualTo(PromptFate.KEPT);
            api.reply(Reply.text("blue"));
            session.query("well?");
            assertThat(context()).containsSubsequence(COLOUR, "I keep it", CUT, "well?");
            assertThat(told(SupervisorEvent.TurnRepeated.class)).isFalse();
        }
    }

    @Test
    void oneThatWaitsForItsTurnIsNotSentTwice() throws Exception {
        try (SessionSupervisor supervisor = open(false, builder())) {
            ClaudeSession session = spokenTo(supervisor);
            api.reply(Reply.text("a", "b").pauseAfter(1, never), Reply.text("blue"));
            CompletableFuture<TurnCutException> cut = cut(session, CUT);
            api.awaitRequests(2, SOON);
            CompletableFuture<ResultMessage> waiting = async(() -> session.query("and then?"));
            killInTurn(session, 2);
            assertThat(get(cut)).isNotNull();
            assertThat(get(waiting).text()).isEqualTo("blue");
            assertThat(count(context(), "and then?")).isEqualTo(1);
        }
    }

    @Test
    void lostAndRepeated() throws Exception {
        try (SessionSupervisor supervisor = open(true, builder())) {
            ClaudeSession session = spokenTo(supervisor);
            api.reply(Reply.text("blue"));
            stop(session);
            CompletableFuture<ResultMessage> answer = async(() -> session.query(CUT));
            Eventually.within(SOON, session::toString, () -> !session.isIdle());
            killProcess(session);
            assertThat(get(answer).text()).isEqualTo("blue");
            assertThat(count(context(), CUT)).isEqualTo(1);
            assertThat(context()).containsSubsequence(COLOUR, "I keep it", CUT);
            awaitEvent(SupervisorEvent.TurnRepeated.class);
        }
    }

    @Test
    void keptAndRepeated() throws Exception {
        try (SessionSupervisor supervisor = open(true, builder())) {
            ClaudeSession session = spokenTo(supervisor);
            api.reply(Reply.text("a", "b").pauseAfter(1, never), Reply.text("blue"), Reply.text("sure"));
            CompletableFuture<ResultMessage> answer = async(() -> session.query(CUT));
            killInTurn(session, 2);
            assertThat(get(answer).text()).isEqualTo("blue");
            assertThat(count(context(), CUT)).isEqualTo(1);
            assertThat(context()).containsSubsequence(COLOUR, "I keep it", CUT);
            awaitEvent(SupervisorEvent.TurnRepeated.class);

            kill(session);
            session.query("sure?");
            assertThat(count(context(), CUT)).isEqualTo(1);
            assertThat(context()).containsSubsequence(COLOUR, "I keep it", CUT, "blue", "sure?");
        }
    }

    @Test
    void keptAndRepeatedAlthoughItIsTheFirst() throws Exception {
        try (SessionSupervisor supervisor = open(true, builder())) {
            ClaudeSession session = supervisor.session("a");
            String id = session.sessionId().orElseThrow();
            api.reply(Reply.text("a", "b").pauseAfter(1, never), Reply.text("blue"));
            CompletableFuture<ResultMessage> answer = async(() -> session.query(CUT));
            killInTurn(session, 1);
            assertThat(get(answer).text()).isEqualTo("blue");
            assertThat(count(context(), CUT)).isEqualTo(1);
            assertThat(session.sessionId()).contains(id);

            api.reply(Reply.text("sure"));
            kill(session);
            session.query("sure?");
            assertThat(count(context(), CUT)).isEqualTo(1);
            assertThat(context()).containsSubsequence(CUT, "blue", "sure?");
        }
    }

    @Test
    void aStreamIsNotRepeatedAndItsPromptStays() throws Exception {
        try (SessionSupervisor supervisor = open(true, builder())) {
            ClaudeSession session = spokenTo(supervisor);
            api.reply(Reply.text("a", "b").pauseAfter(1, never), Reply.text("blue"));
            CompletableFuture<TurnCutException> cut = async(() -> catchThrowableOfType(
                    TurnCutException.class, () -> session.stream(CUT).toList()));
            killInTurn(session, 2);
            assertThat(get(cut).fate()).isEqualTo(PromptFate.KEPT);
            session.query("well?");
            assertThat(context()).containsSubsequence(COLOUR, "I keep it", CUT, "well?");
        }
    }

    @Test
    void notRepeatedWhenAToolHasStarted() throws Exception {
        try (SessionSupervisor supervisor = open(true, builder().allowedTools("Bash"))) {
            ClaudeSession session = spokenTo(supervisor);
            api.reply(bash("touch made; sleep 63"));
            CompletableFuture<TurnCutException> cut = cut(session, CUT);
            Eventually.within(SOON, () -> Processes.describe(api), () -> Files.exists(cwd.resolve("made")));
            killInTurn(session, 2);
            TurnCutException failure = get(cut);
            assertThat(failure.fate()).isEqualTo(PromptFate.KEPT);
            assertThat(failure.toolStarted()).isTrue();
            api.reply(Reply.text("half done"));
            session.query("what has become of it?");
            assertThat(context()).containsSubsequence(CUT, "touch made", "what has become of it?");
            assertThat(api.requests()).hasSize(3);
            assertThat(told(SupervisorEvent.TurnRepeated.class)).isFalse();
        }
    }
}
