package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Prompt;
import io.github.claudesessions.SendPriority;
import io.github.claudesessions.SentPrompt;
import io.github.claudesessions.error.PromptCancelledException;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.message.LifecycleState;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.FakeAnthropicApi;
import io.github.claudesessions.testing.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Prompts that wait in the queue of the real CLI, and what they are made of. */
@Timeout(120)
class SentPromptsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final FakeAnthropicApi api = FakeAnthropicApi.start();

    @RegisterExtension
    final NothingLeft nothingLeft = new NothingLeft(api);

    private final CountDownLatch gate = new CountDownLatch(1);
    private final ClaudeOptions options =
            ClaudeOptions.builder().env(api.environment()).build();

    @AfterEach
    void close() {
        gate.countDown();
    }

    @Test
    void thoseThatWaitTogetherGetOneAnswerAndOneCanBeCancelled() throws Exception {
        api.reply(Reply.text("fir", "st").pauseAfter(1, gate), Reply.text("both"), Reply.text("alone"));
        List<Message> heard = new CopyOnWriteArrayList<>();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.onMessage(heard::add);
            SentPrompt first = session.send("one");
            assertThat(get(first.started())).isEqualTo(LifecycleState.STARTED);
            SentPrompt second = session.send("two");
            SentPrompt third = session.send("three");
            SentPrompt dropped = session.send("four");
            assertThat(session.isIdle()).isFalse();
            assertThat(dropped.cancel()).isTrue();
            assertThat(first.cancel()).isFalse();
            CompletableFuture<ResultMessage> query = OnRealCli.async(() -> session.query("five"));
            gate.countDown();

            assertThat(get(first.result()).text()).isEqualTo("first");
            assertThat(get(second.result()).userMessageUuids()).containsExactly(second.uuid(), third.uuid());
            assertThat(get(third.result()).text()).isEqualTo("both");
            assertThat(get(third.ended())).isEqualTo(LifecycleState.COMPLETED);
            assertThat(get(dropped.ended())).isEqualTo(LifecycleState.CANCELLED);
            assertThatThrownBy(() -> get(dropped.result())).hasCauseInstanceOf(PromptCancelledException.class);
            assertThat(get(query).text()).isEqualTo("alone");
            assertThat(session.awaitIdle(SOON)).isTrue();
            assertThat(session.cost().turns()).isEqualTo(3);
        }
        Eventually.within(
                SOON,
                heard::toString,
                () -> heard.stream().filter(ResultMessage.class::isInstance).count() == 3);
    }

    @Test
    void oneThatWaitsForAStreamSurvivesItsBeingClosed() throws Exception {
        api.reply(Reply.text("a", "b").pauseAfter(1, gate), Reply.text("sent"));
        try (ClaudeSession session = ClaudeSession.open(options)) {
            SentPrompt sent;
            try (Stream<String> text = session.streamText("one")) {
                Iterator<String> pieces = text.iterator();
                assertThat(pieces.next()).isEqualTo("a");
                sent = session.send("two");
            }
            assertThat(get(sent.result()).text()).isEqualTo("sent");
        }
    }

    @Test
    void anInterruptCancelsThoseThatWait() throws Exception {
        api.reply(Reply.text("a", "b").pauseAfter(1, gate), Reply.text("later"));
        try (ClaudeSession session = ClaudeSession.open(options)) {
            SentPrompt running = session.send("one");
            get(running.started());
            api.awaitRequests(1, SOON);
            SentPrompt waiting = session.send("two");
            assertThat(session.interrupt().cancelled()).contains(waiting.uuid());
            assertThat(get(running.result()).isError()).isTrue();
            assertThat(get(waiting.ended())).isEqualTo(LifecycleState.CANCELLED);
            assertThat(session.query("three").text()).isEqualTo("later");
        }
    }

    @Test
    void aSecondInterruptStopsThoseThatTheFirstLeft() throws Exception {
        api.replyWith(request -> request.lastUserText().endsWith("three") ? Reply.text("later") : Reply.hang());
        try (ClaudeSession session = ClaudeSession.open(options);
                Stream<Message> turn = session.stream("one")) {
            CompletableFuture<List<Message>> read = OnRealCli.async(turn::toList);
            api.awaitRequests(1, SOON);
            SentPrompt waiting = session.send("two");
            assertThat(session.interrupt(false).stillQueued()).contains(waiting.uuid());
            session.interrupt();
            assertThat(get(read).getLast())
                    .isInstanceOfSatisfying(
                            ResultMessage.class,
                            result -> assertThat(result.isError()).isTrue());
            get(waiting.ended()); // with luck it had begun before the second came
            assertThat(session.query("three").text()).isEqualTo("later");
        }
    }

    @Test
    void anUrgentOneCutsTheTurnOff() throws Exception {
        api.reply(Reply.text("a", "b").pauseAfter(1, gate), Reply.text("urgent"));
        try (ClaudeSession session = ClaudeSession.open(options)) {
            SentPrompt running = session.send("one");
            get(running.started());
            api.awaitRequests(1, SOON);
            SentPrompt urgent = session.send(Prompt.of("two"), SendPriority.NOW);
            assertThat(get(urgent.result()).text()).isEqualTo("urgent");
            assertThat(get(running.result()).text()).doesNotContain("b");
        }
    }

    @Test
    void theEndOfTheSessionIsTheirEnd() throws Exception {
        api.reply(Reply.hang());
        ClaudeSession session = ClaudeSession.open(options);
        SentPrompt sent = session.send("one");
        get(sent.started());
        session.close();
        assertThatThrownBy(() -> get(sent.result())).hasCauseInstanceOf(SessionClosedException.class);
        assertThatThrownBy(() -> get(sent.ended())).hasCauseInstanceOf(SessionClosedException.class);
        assertThatThrownBy(() -> session.send("two")).isInstanceOf(SessionClosedException.class);
    }

    @Test
    void blocksReachTheApiUnchanged(@TempDir Path folder) throws Exception {
        byte[] png = Base64.getDecoder()
                .decode(
                        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        byte[] pdf = "%PDF-1.4\n%%EOF\n".getBytes(StandardCharsets.US_ASCII);
        Path image = Files.write(folder.resolve("dot.png"), png);
        Path document = Files.write(folder.resolve("paper.pdf"), pdf);
        Path file = Files.writeString(folder.resolve("notes.txt"), "Grüße\n");
        api.reply(Reply.text("seen"));
        try (ClaudeSession session = ClaudeSession.open(options)) {
            Prompt prompt = Prompt.of("look")
                    .image(image)
                    .document(document)
                    .file(file)
                    .image(URI.create("https://example.org/a.png"));
            assertThat(session.query(prompt).text()).isEqualTo("seen");
        }
        List<?> content = (List<?>) api.lastRequest().messages().getFirst().get("content");
        assertThat(blocks(content, "image")).hasSize(2);
        assertThat(blocks(content, "image").getFirst().get("source"))
                .isEqualTo(Map.of(
                        "type",
                        "base64",
                        "media_type",
                        "image/png",
                        "data",
                        Base64.getEncoder().encodeToString(png)));
        assertThat(blocks(content, "image").getLast().get("source"))
                .isEqualTo(Map.of("type", "url", "url", "https://example.org/a.png"));
        assertThat(blocks(content, "document").getFirst().get("source"))
                .isEqualTo(Map.of(
                        "type",
                        "base64",
                        "media_type",
                        "application/pdf",
                        "data",
                        Base64.getEncoder().encodeToString(pdf)));
        assertThat(blocks(content, "document").getLast())
                .containsEntry("title", "notes.txt")
                .containsEntry("source", Map.of("type", "text", "media_type", "text/plain", "data", "Grüße\n"));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> blocks(List<?> content, String type) {
        return content.stream()
                .map(block -> (Map<String, Object>) block)
                .filter(block -> type.equals(block.get("type")))
                .toList();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
