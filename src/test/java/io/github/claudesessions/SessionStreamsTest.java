package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.PreToolUseOutput;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.StreamEvent;
import io.github.claudesessions.message.UnknownMessage;
import io.github.claudesessions.testing.FakeClaude;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SessionStreamsTest {
    private final FakeClaude fake = FakeClaude.create();
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void nothingStartsBeforeATerminalOperation() {
        Stream<Message> stream = Claude.stream("go", Fakes.options(fake)).filter(message -> true);
        assertThat(fake.launches()).isEmpty();
        stream.close();
        assertThat(fake.launches()).isEmpty();
        fake.answer("one");
        assertThat(Claude.stream("go", Fakes.options(fake))).isNotEmpty();
        assertThat(fake.launches()).hasSize(1);
    }

    @Test
    void canBeReadOnce() {
        Stream<Message> stream = Claude.stream("go", Fakes.options(fake));
        assertThat(stream.count()).isPositive();
        assertThatThrownBy(stream::count).isInstanceOf(IllegalStateException.class);
        assertThat(fake.prompts()).hasSize(1);
    }

    @Test
    void closedStreamStartsNothing() {
        try (ClaudeSession session = Fakes.open(fake)) {
            Stream<Message> stream = session.stream("go");
            Iterator<Message> messages = stream.iterator();
            stream.close();
            assertThat(messages.hasNext()).isFalse();
        }
        assertThat(fake.prompts()).isEmpty();
    }

    @Test
    void streamThatIsClosedInTheMiddleDoesNotLookComplete() {
        fake.turn(turn -> turn.text("one").await(never).text("two"));
        fake.answer("next");
        try (ClaudeSession session = Fakes.open(fake)) {
            Stream<Message> stream = session.stream("go");
            Iterator<Message> messages = stream.iterator();
            messages.next();
            stream.close();
            assertThatThrownBy(messages::hasNext).isInstanceOf(IllegalStateException.class);
            assertThat(session.query("next").text()).isEqualTo("next");
        }
    }

    @Test
    void streamThatIsClosedAtItsLastMessageHasEnded() {
        fake.answer("one");
        try (ClaudeSession session = Fakes.open(fake)) {
            Stream<Message> stream = session.stream("go");
            Iterator<Message> messages = stream.iterator();
            while (!(messages.next() instanceof ResultMessage)) {
                // read on
            }
            stream.close();
            assertThat(messages.hasNext()).isFalse();
        }
    }

    @Test
    void messagesComeInOrderAlsoFromAParallelStream() {
        List<String> texts = IntStream.range(0, 500).mapToObj(i -> "t" + i).toList();
        fake.otherwise(turn -> {
            for (String text : texts) {
                turn.text(text);
            }
        });
        try (ClaudeSession session = Fakes.open(fake)) {
            assertThat(session.stream("go").flatMap(Messages.text())).containsExactlyElementsOf(texts);
            assertThat(session.stream("go").parallel().flatMap(Messages.text()).toList())
                    .containsExactlyElementsOf(texts);
        }
    }

    @Test
    void messageIsThereBeforeTheNextIsSent() {
        CountDownLatch seen = new CountDownLatch(1);
        fake.turn(turn -> turn.text("one").await(seen).text("two"));
        try (Stream<Message> stream = Claude.stream("go", Fakes.options(fake))) {
            assertThat(stream.flatMap(Messages.text()).peek(text -> seen.countDown()))
                    .containsExactly("one", "two");
        }
    }

    @Test
    void errorResultIsTheLastMessageOfAStream() {
        fake.otherwise(turn -> turn.text("half").apiError(500, "broken"));
        try (ClaudeSession session = Fakes.open(fake)) {
            List<Message> messages = session.stream("go").toList();
            assertThat(messages.getLast()).isInstanceOf(ResultMessage.class);
            assertThat(((ResultMessage) messages.getLast()).isError()).isTrue();
            assertThatThrownBy(() -> session.streamText("go").toList()).isInstanceOf(TurnFailedException.class);
            assertThatThrownBy(() -> session.stream("go").collect(Messages.finalText()))
                    .isInstanceOf(TurnFailedException.class);
            assertThat(session.stream("go").collect(Messages.finalResult()).isError())
                    .isTrue();
            assertThat(session.stream("go").collect(Messages.summary()).text()).isEqualTo("half");
        }
    }

    @Test
    void partialMessagesComeOnlyToWhoeverAsks() {
        fake.otherwise(turn -> turn.textDeltas("Hel", "lo"));
        try (ClaudeSession session = Fakes.open(fake)) {
            assertThat(session.stream("go")).noneMatch(StreamEvent.class::isInstance);
            assertThat(session.streamText("go")).containsExactly("Hel", "lo");
            assertThat(session.stream("go")).noneMatch(StreamEvent.class::isInstance);
        }
        ClaudeOptions partial =
                Fakes.options(fake).toBuilder().includePartialMessages(true).build();
        assertThat(Claude.stream("go", partial)).anyMatch(StreamEvent.class::isInstance);
        assertThat(Claude.stream("go", Fakes.options(fake))).noneMatch(StreamEvent.class::isInstance);
        assertThat(Claude.streamText("go", Fakes.options(fake))).containsExactly("Hel", "lo");
    }

    @Test
    void anAnswerInOnePieceIsText() {
        fake.turn(turn -> turn.text("Hello"));
        fake.turn(turn -> turn.textDeltas("Hel", "lo").text("there"));
        try (ClaudeSession session = Fakes.open(fake)) {
            assertThat(session.streamText("go")).containsExactly("Hello");
            assertThat(session.streamText("go")).containsExactly("Hel", "lo", "there");
        }
    }

    @Test
    void subagentsTextIsNotTheAnswers() {
        fake.otherwise(turn -> {
            String id = turn.toolUse("Task", Map.of("prompt", "look"));
            turn.send(Map.of(
                    "type",
                    "stream_event",
                    "parent_tool_use_id",
                    id,
                    "event",
                    Map.of(
                            "type",
                            "content_block_delta",
                            "index",
                            0,
                            "delta",
                            Map.of("type", "text_delta", "text", "sub"))));
            turn.subagentText(id, "sub").toolResult(id, "found").textDeltas("ma", "in");
        });
        try (ClaudeSession session = Fakes.open(fake)) {
            assertThat(session.streamText("go")).containsExactly("ma", "in");
            assertThat(session.stream("go").flatMap(Messages.text())).containsExactly("main");
            assertThat(session.stream("go").collect(Messages.summary()).text()).isEqualTo("main");
        }
    }

    @Test
    void closedStreamInterruptsItsTurnAndTheNextOneRuns() throws InterruptedException {
        CountDownLatch cut = new CountDownLatch(1);
        fake.turn(turn -> {
                    turn.text("one");
                    try {
                        turn.await(never);
                    } finally {
                        cut.countDown();
                    }
                })
                .answer("two");
        try (ClaudeSession session = Fakes.open(fake)) {
            try (Stream<Message> stream = session.stream("go")) {
                assertThat(stream.filter(AssistantMessage.class::isInstance).findFirst())
                        .isPresent();
            }
            cut.await();
            assertThat(session.query("again").text()).isEqualTo("two");
        }
    }

    @Test
    void threadThatStartsAnotherTurnGivesUpItsFirst() {
        fake.turn(turn -> turn.text("one").await(never)).answer("two");
        try (ClaudeSession session = Fakes.open(fake)) {
            Iterator<Message> first = session.stream("go").iterator();
            assertThat(first.hasNext()).isTrue();
            assertThat(session.query("again").text()).isEqualTo("two");
            assertThatThrownBy(() -> first.forEachRemaining(message -> {}))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("given up");
        }
    }

    @Test
    void consumerThatThrowsEndsItsTurn() {
        fake.turn(turn -> turn.text("one").await(never)).answer("two");
        try (ClaudeSession session = Fakes.open(fake)) {
            assertThatThrownBy(() -> session.stream("go").forEach(message -> {
                        throw new IllegalArgumentException("a bug");
                    }))
                    .hasMessage("a bug");
            assertThat(session.query("again").text()).isEqualTo("two");
        }
    }

    @Test
    void oneShotStreamEndsItsProcess() {
        fake.otherwise(turn -> turn.text("one").await(never));
        try (Stream<Message> stream = Claude.stream("go", Fakes.options(fake))) {
            assertThat(stream.findFirst()).isPresent();
            assertThat(fake.running()).isEqualTo(1);
        }
        while (fake.running() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void linesInPiecesAndSplitCharactersArriveWhole() {
        String text = "gr\u00fc\u00df dich, \u4e16\u754c \ud83d\ude00 \u2028\u0000 end";
        fake.pieces(1).otherwise(turn -> turn.textDeltas(text, text));
        try (ClaudeSession session = Fakes.open(fake)) {
            assertThat(session.streamText("go")).containsExactly(text, text);
            assertThat(session.query("go").text()).isEqualTo(text + text);
        }
    }

    @Test
    void garbageBetweenLinesHarmsNothing() {
        fake.otherwise(turn -> turn.write("sandbox: ready\n")
                .write("{\"half\": \n")
                .write("\n[1,2]\n")
                .write("\u0000\n")
                .text("fine"));
        assertThat(Claude.query("go", Fakes.options(fake)).text()).isEqualTo("fine");
    }

    @Test
    void unknownMessagesAreDelivered() {
        fake.otherwise(turn -> turn.send(Map.of("type", "made_up", "n", 7)).text("fine"));
        assertThat(Claude.stream("go", Fakes.options(fake)))
                .filteredOn(UnknownMessage.class::isInstance)
                .singleElement()
                .satisfies(message -> assertThat(message.raw().toMap())
                        .containsEntry("type", "made_up")
                        .containsEntry("n", 7));
    }

    @Test
    void slowConsumerLosesNothing() {
        fake.otherwise(turn -> {
            for (int i = 0; i < 2_000; i++) {
                turn.text(i + " " + "x".repeat(1_000));
            }
        });
        ClaudeOptions options =
                Fakes.options(fake).toBuilder().maxBufferedBytes(10_000).build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            Iterator<Message> messages = session.stream("go").iterator();
            assertThat(messages.hasNext()).isTrue();
            session.setModel("haiku"); // answers come although nobody reads
            int read = 0;
            while (messages.hasNext()) {
                if (messages.next() instanceof AssistantMessage answer) {
                    assertThat(answer.text()).startsWith(read++ + " ");
                }
            }
            assertThat(read).isEqualTo(2_000);
        }
    }

    @Test
    void hooksAreAnsweredWhileTheConsumerReadsNothing() {
        int count = 60;
        CountDownLatch all = new CountDownLatch(count);
        List<Map<String, Object>> answers = new CopyOnWriteArrayList<>();
        fake.turn(turn -> {
            for (int i = 0; i < count; i++) {
                Map<String, ?> input = Map.of("hook_event_name", "PreToolUse", "tool_name", "Bash");
                answers.add(turn.text("t" + i).ask("hook_callback", Map.of("callback_id", "hook_0", "input", input)));
                all.countDown();
            }
            turn.result("done");
        });
        ClaudeOptions options = Fakes.options(fake).toBuilder()
                .hooks(Hooks.builder()
                        .preToolUse(input -> PreToolUseOutput.deny("not this"))
                        .build())
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            Iterator<Message> messages = session.stream("go").iterator();
            List<Message> read = new ArrayList<>(List.of(messages.next()));
            Fakes.await(all);
            messages.forEachRemaining(read::add);
            assertThat(read.getLast()).isInstanceOf(ResultMessage.class);
            assertThat(read.stream().flatMap(Messages.text())).hasSize(count);
        }
        assertThat(answers)
                .hasSize(count)
                .allSatisfy(answer -> assertThat(answer.toString()).contains("permissionDecision=deny", "not this"));
    }
}
