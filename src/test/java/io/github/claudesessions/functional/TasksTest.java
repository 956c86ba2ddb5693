package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.control.Task;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.TaskStatus;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.FakeAnthropicApi;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Background shells and subagents of the real CLI: the ledger, the turns that follow them, and when all is quiet. */
@Timeout(120)
@Tag("unix")
class TasksTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration A_MOMENT = Duration.ofMillis(300);

    private final FakeAnthropicApi api = FakeAnthropicApi.start();

    @RegisterExtension
    final NothingLeft nothingLeft = new NothingLeft(api);

    private final CountDownLatch agentGate = new CountDownLatch(1);
    private final List<Message> heard = new CopyOnWriteArrayList<>();

    @TempDir
    private Path cwd;

    @AfterEach
    void close() {
        agentGate.countDown();
    }

    @Test
    void aShellThatEndsIsFollowedByATurnThatListenersHear() throws IOException {
        api.replyWith(this::shell);
        try (ClaudeSession session = open()) {
            assertThat(session.isIdle()).isTrue();
            assertThat(session.query("start").text()).isEqualTo("started");
            Task running = session.tasks().getFirst();
            assertThat(running.live()).isTrue();
            assertThat(running.type()).isEqualTo("local_bash");
            assertThat(running.background()).isTrue();
            assertThat(running.description()).isEqualTo("waits");
            assertThat(running.toolUseId()).isNotNull();
            assertThat(session.isIdle()).isFalse();
            assertThat(session.awaitIdle(A_MOMENT)).isFalse();

            Files.createFile(cwd.resolve("gate"));
            assertThat(session.awaitIdle(SOON)).isTrue();
            Task ended = session.tasks().getFirst();
            assertThat(ended.status()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(ended.ended()).isAfterOrEqualTo(ended.started().minusSeconds(1));
            assertThat(ended.outputFile()).isNotNull();
            assertThat(session.cost().turns()).isEqualTo(1);
            assertThat(session.cost().followUps()).isEqualTo(1);
        }
        Eventually.within(
                SOON, () -> "the follow-up is not told", () -> results().size() == 2);
        assertThat(results()).extracting(ResultMessage::text).containsExactly("started", "it has ended");
        assertThat(results().getLast().origin()).isNotNull();
    }

    @Test
    void aShellThatNeverEndsIsStoppedOrEndsWithTheSession() {
        api.replyWith(this::shell);
        try (ClaudeSession session = open()) {
            session.query("start");
            String id = session.tasks().getFirst().id();
            assertThat(session.controls().taskOutput(id)).isEmpty();
            session.stopTask(id);
            assertThat(session.awaitIdle(SOON)).isTrue();
            assertThat(session.tasks().getFirst().live()).isFalse();
        }
        assertThat(Claude.query("start", options()).text()).isEqualTo("started");
    }

    @Test
    void noResultIsDroppedWhileASubagentWorksInTheBackground() {
        api.replyWith(this::agent);
        try (ClaudeSession session = open()) {
            assertThat(session.query("start").text()).isEqualTo("main goes on");
            Task agent = session.tasks().getFirst();
            assertThat(agent.type()).isEqualTo("local_agent");
            assertThat(agent.subagentType()).isEqualTo("general-purpose");
            assertThat(agent.live()).isTrue();
            assertThat(session.query("second").text()).isEqualTo("second answer");
            assertThat(session.query("third").text()).isEqualTo("third answer");
            assertThat(session.isIdle()).isFalse();

            agentGate.countDown();
            assertThat(session.awaitIdle(SOON)).isTrue();
            Task ended = session.tasks().getFirst();
            assertThat(ended.status()).as(heard.toString()).isEqualTo(TaskStatus.COMPLETED);
            assertThat(ended.summary()).isEqualTo("the agent's report");
            assertThat(Objects.requireNonNull(ended.usage()).totalTokens()).isPositive();
            assertThat(session.cost().followUps()).isEqualTo(1);
            assertThat(session.cost().outputTokens())
                    .isEqualTo(7L * api.requests().size());
        }
        Eventually.within(
                SOON, () -> "not every result is told", () -> results().size() == 4);
        assertThat(results())
                .extracting(ResultMessage::text)
                .containsExactly("main goes on", "second answer", "third answer", "the agent has ended");
        assertThat(heard.stream()
                        .filter(AssistantMessage.class::isInstance)
                        .map(AssistantMessage.class::cast)
                        .filter(message -> message.parentToolUseId() != null)
                        .map(AssistantMessage::text))
                .containsExactly("the agent's report");
    }

    @Test
    void anInterruptStopsASubagent() {
        api.replyWith(this::agent);
        try (ClaudeSession session = open()) {
            session.query("start");
            session.interrupt();
            assertThat(session.awaitIdle(SOON)).isTrue();
            assertThat(session.tasks()).noneMatch(Task::live);
        }
    }

    private Reply shell(ApiRequest request) {
        String text = request.lastUserText();
        if (text.contains("task-notification")) {
            return Reply.text("it has ended");
        }
        return text.endsWith("start")
                ? Reply.toolUse(
                        "Bash",
                        Map.of(
                                "command",
                                "while [ ! -e gate ]; do sleep 0.05; done",
                                "description",
                                "waits",
                                "run_in_background",
                                true))
                : Reply.text("started");
    }

    private Reply agent(ApiRequest request) {
        String text = request.lastUserText();
        if (request.kind() == ApiRequest.Kind.SUBAGENT) {
            return Reply.text("the agent's report").pauseAfter(0, agentGate);
        } else if (text.contains("task-notification")) {
            return Reply.text("the agent has ended");
        } else if (text.endsWith("second") || text.endsWith("third")) {
            return Reply.text(text.substring(text.lastIndexOf('\n') + 1) + " answer");
        }
        return text.endsWith("start")
                ? Reply.toolUse(
                        "Agent",
                        Map.of("description", "d", "prompt", "look around", "subagent_type", "general-purpose"))
                : Reply.text("main goes on");
    }

    private List<ResultMessage> results() {
        return heard.stream()
                .filter(ResultMessage.class::isInstance)
                .map(ResultMessage.class::cast)
                .toList();
    }

    private ClaudeSession open() {
        ClaudeSession session = ClaudeSession.open(options());
        session.onMessage(heard::add);
        return session;
    }

    private ClaudeOptions options() {
        return ClaudeOptions.builder()
                .env(api.environment())
                .cwd(cwd)
                .allowedTools("Bash", "Agent")
                .build();
    }
}
