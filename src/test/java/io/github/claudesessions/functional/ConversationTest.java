package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Messages;
import io.github.claudesessions.message.ApiEvent;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.Delta;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.RawJson;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.StreamEvent;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns, their streams, and many of them. */
@Timeout(60)
class ConversationTest extends OnRealCli {
    @Test
    void threeTurnsKeepTheirContextAndTheIdIsKnownBeforeThem() {
        api.reply(Reply.text("one"), Reply.text("two"), Reply.text("three"));
        try (ClaudeSession session = open()) {
            String id = session.sessionId().orElseThrow();
            assertThat(session.query("first").text()).isEqualTo("one");
            assertThat(session.query("second").text()).isEqualTo("two");
            ResultMessage third = session.query("third");
            assertThat(third.text()).isEqualTo("three");
            assertThat(third.sessionId()).isEqualTo(id);
            assertThat(session.sessionId()).contains(id);
            ApiRequest last = api.lastRequest();
            assertThat(last.messages().toString()).containsSubsequence("first", "one", "second", "two", "third");
            assertThat(last.sessionId()).contains(id);
        }
    }

    @Test
    void commandsOfTheCliAreTurnsToo() {
        api.replyWith(ConversationTest::echo);
        try (ClaudeSession session = open()) {
            session.query("first");
            String before = session.sessionId().orElseThrow();
            session.query("/cost");
            assertThat(session.query("second").text()).isEqualTo("echo of second");
            session.query("/compact");
            session.query("/clear");
            ResultMessage third = session.query("third");
            assertThat(third.text()).isEqualTo("echo of third");
            assertThat(api.lastRequest().messages().toString()).doesNotContain("second");
            assertThat(session.sessionId()).contains(String.valueOf(third.sessionId()));
            assertThat(third.sessionId()).isNotEqualTo(before);
        }
    }

    @Test
    void textArrivesWhileTheModelWrites() {
        CountDownLatch firstSeen = new CountDownLatch(1);
        api.reply(Reply.text("Hel", "lo").pauseAfter(1, firstSeen));
        try (ClaudeSession session = open();
                Stream<String> text = session.streamText("greet")) {
            List<String> deltas = new ArrayList<>();
            // the second piece is not even sent before the first has come
            text.forEach(delta -> {
                deltas.add(delta);
                firstSeen.countDown();
            });
            assertThat(deltas).containsExactly("Hel", "lo");
        }
    }

    @Test
    void theInputOfAToolArrivesInPieces() {
        Map<String, Object> input = Map.of("command", "echo a piece at a time", "description", "test");
        api.reply(Reply.toolUse("Bash", input), Reply.text("done"));
        ClaudeOptions options =
                builder().includePartialMessages(true).allowedTools("Bash").build();
        List<String> pieces = new ArrayList<>();
        List<Message> messages = new ArrayList<>();
        try (ClaudeSession session = ClaudeSession.open(options);
                Stream<Message> turn = session.stream("run")) {
            turn.forEach(message -> {
                messages.add(message);
                if (message instanceof StreamEvent event
                        && event.event() instanceof ApiEvent.ContentBlockDelta more
                        && more.delta() instanceof Delta.InputJsonDelta piece) {
                    assertThat(messages).noneMatch(AssistantMessage.class::isInstance);
                    pieces.add(piece.partialJson());
                }
            });
        }
        assertThat(pieces).hasSize(2);
        assertThat(RawJson.of(String.join("", pieces)).toMap()).isEqualTo(input);
    }

    @Test
    void aStreamStartsNothingBeforeItsTerminalOperation() {
        api.reply(Reply.text("now"));
        try (Stream<String> text = Claude.streamText("when?", builder().build())) {
            Stream<String> loud = text.map(String::toUpperCase);
            assertThat(Processes.of(api)).isEmpty();
            assertThat(loud).containsExactly("NOW");
        }
        assertThat(api.requests()).hasSize(1);
    }

    @Test
    void aStreamThatIsNeverRunCostsNothing() {
        try (ClaudeSession session = open()) {
            try (Stream<String> never = session.streamText("never")) {
                assertThat(never).isNotNull();
            }
            api.reply(Reply.text("next"));
            assertThat(session.query("next").text()).isEqualTo("next");
            assertThat(api.requests()).hasSize(1);
        }
    }

    @Test
    void parallelOverALiveTurnWorks() {
        CountDownLatch firstSeen = new CountDownLatch(1);
        api.reply(Reply.text("a", "b", "c").pauseAfter(1, firstSeen));
        try (ClaudeSession session = open()) {
            Set<String> seen = ConcurrentHashMap.newKeySet();
            session.streamText("letters").parallel().forEach(letter -> {
                seen.add(letter);
                firstSeen.countDown();
            });
            assertThat(seen).containsExactlyInAnyOrder("a", "b", "c");
        }
    }

    @Test
    void anIteratorTakesWhatIsThereAndNoMore() {
        CountDownLatch firstSeen = new CountDownLatch(1);
        api.reply(Reply.text("a", "b").pauseAfter(1, firstSeen));
        try (ClaudeSession session = open();
                Stream<String> letters = session.streamText("letters")) {
            Iterator<String> iterator = letters.iterator();
            assertThat(iterator.next()).isEqualTo("a");
            firstSeen.countDown();
            assertThat(iterator.next()).isEqualTo("b");
            assertThat(iterator.hasNext()).isFalse();
        }
    }

    @Test
    void callersOfOneSessionGetTheirOwnAnswers() throws Exception {
        api.replyWith(ConversationTest::echo);
        try (ClaudeSession session = open();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String prompt = "caller-" + i;
                answers.add(callers.submit(() -> session.query(prompt).text()));
            }
            for (int i = 0; i < 8; i++) {
                assertThat(answers.get(i).get(SOON.toSeconds(), TimeUnit.SECONDS))
                        .isEqualTo("echo of caller-" + i);
            }
        }
    }

    @Test
    void eightSessionsInParallel() throws Exception {
        api.replyWith(ConversationTest::echo);
        CountDownLatch allOpen = new CountDownLatch(8);
        try (ExecutorService hosts = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<String>>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String name = "session-" + i;
                answers.add(hosts.submit(() -> {
                    try (ClaudeSession session = open()) {
                        allOpen.countDown();
                        await(allOpen);
                        String whole = session.stream(name).collect(Messages.finalText());
                        return List.of(whole, session.query(name + "-again").text());
                    }
                }));
            }
            for (int i = 0; i < 8; i++) {
                assertThat(answers.get(i).get(50, TimeUnit.SECONDS))
                        .containsExactly("echo of session-" + i, "echo of session-" + i + "-again");
            }
        }
    }

    private static Reply echo(ApiRequest request) {
        String text = request.lastUserText();
        return Reply.text("echo of " + text.substring(text.lastIndexOf('\n') + 1));
    }
}
