package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.message.CommandLifecycle;
import io.github.claudesessions.message.LifecycleState;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.OriginKind;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A background task ends while the conversation goes on: the CLI then runs a turn that nobody asked for. */
@Timeout(60)
@Tag("unix")
class BackgroundTaskTest extends OnRealCli {
    private static final String TASK = "while [ ! -e gate ]; do sleep 0.05; done; echo done";

    private final CountDownLatch followUpAsked = new CountDownLatch(1);
    private final CountDownLatch followUp = new CountDownLatch(1);
    private final CountDownLatch second = new CountDownLatch(1);
    private final List<Message> heard = new CopyOnWriteArrayList<>();

    @Test
    void aPromptSentDuringTheFollowUpTurnGetsItsOwnAnswer() throws Exception {
        api.replyWith(this::answer);
        second.countDown();
        try (ClaudeSession session = withBash()) {
            session.onMessage(heard::add);
            assertThat(session.query("first").text()).isEqualTo("started");
            endTask();
            await(followUpAsked);
            CompletableFuture<ResultMessage> next = async(() -> session.query("second"));
            Eventually.within(SOON, () -> "the prompt is not queued", () -> queued() == 2);
            followUp.countDown();
            ResultMessage answer = next.get(20, TimeUnit.SECONDS);
            assertThat(answer.text()).isEqualTo("second answer");
            assertThat(answer.origin()).isNull();
            assertThat(session.query("third").text()).isEqualTo("third answer");
        }
        Eventually.within(
                SOON,
                () -> "not every result is told",
                () -> results().stream()
                        .map(ResultMessage::text)
                        .toList()
                        .containsAll(List.of("started", "second answer", "third answer")));
    }

    @Test
    void aTaskThatEndsDuringTheNextTurnDoesNotEndIt() throws Exception {
        api.replyWith(this::answer);
        followUp.countDown();
        try (ClaudeSession session = withBash()) {
            session.onMessage(heard::add);
            assertThat(session.query("first").text()).isEqualTo("started");
            CompletableFuture<ResultMessage> next = async(() -> session.query("second"));
            api.awaitRequests(3, SOON);
            endTask();
            Eventually.within(
                    SOON,
                    () -> "the end of the task is not told",
                    () -> heard.toString().contains("TaskNotification"));
            second.countDown();
            assertThat(next.get(20, TimeUnit.SECONDS).text()).isEqualTo("second answer");
            assertThat(session.query("third").text()).isEqualTo("third answer");
        }
    }

    @Test
    void aListenerHearsTheFollowUpAndItsOrigin() throws Exception {
        api.replyWith(this::answer);
        followUp.countDown();
        try (ClaudeSession session = withBash()) {
            session.onMessage(heard::add);
            assertThat(session.query("first").text()).isEqualTo("started");
            endTask();
            Eventually.within(SOON, heard::toString, () -> results().size() == 2);
            ResultMessage unasked = results().getLast();
            assertThat(unasked.text()).isEqualTo("the task has ended");
            assertThat(unasked.origin()).isNotNull();
            assertThat(String.valueOf(unasked.origin())).contains(OriginKind.TASK_NOTIFICATION.value());
        }
    }

    private Reply answer(ApiRequest request) {
        String text = request.lastUserText();
        if (text.endsWith("first")) {
            return backgroundBash(TASK);
        } else if (text.endsWith("second")) {
            return Reply.text("second ", "answer").pauseAfter(1, second);
        } else if (text.endsWith("third")) { // may have the notification before it, when both waited
            return Reply.text("third answer");
        } else if (text.contains("task-notification")) {
            followUpAsked.countDown();
            return Reply.text("the task ", "has ended").pauseAfter(1, followUp);
        }
        return Reply.text("started");
    }

    private long queued() {
        return heard.stream()
                .filter(message ->
                        message instanceof CommandLifecycle step && step.state().equals(LifecycleState.QUEUED))
                .count();
    }

    private List<ResultMessage> results() {
        return heard.stream()
                .filter(ResultMessage.class::isInstance)
                .map(ResultMessage.class::cast)
                .toList();
    }

    private void endTask() throws IOException {
        Files.createFile(cwd.resolve("gate"));
    }

    private ClaudeSession withBash() {
        return ClaudeSession.open(builder().allowedTools("Bash").build());
    }
}
