package io.github.claudesessions.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.SentPrompt;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.LifecycleState;
import io.github.claudesessions.message.Message;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FakeClaudeTest {
    private final FakeClaude fake = FakeClaude.create();
    private final ClaudeOptions options =
            ClaudeOptions.builder().transport(fake).build();

    @Test
    void withoutAScriptItSaysSo() {
        assertThat(Claude.query("hello", options).text()).contains("no script", "hello");
    }

    @Test
    void scriptsAreUsedInOrderThenTheFallback() {
        fake.answer("one").turn(turn -> turn.text("two")).otherwise(turn -> turn.text(turn.prompt() + "!"));
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("a").text()).isEqualTo("one");
            assertThat(session.query("b").text()).isEqualTo("two");
            assertThat(session.query("c").text()).isEqualTo("c!");
        }
        assertThat(fake.prompts()).containsExactly("a", "b", "c");
    }

    @Test
    void wholeTurnHasTheShapeOfARealOne() {
        fake.turn(turn -> {
            turn.thinking("hm");
            String id = turn.toolUse("Read", Map.of("file_path", "a"));
            turn.toolResult(id, "content").textDeltas("Do", "ne.");
        });
        List<Message> messages = Claude.stream("go", options).toList();
        assertThat(messages)
                .extracting(message -> message.raw().toMap().get("type"))
                .containsExactly(
                        "command_lifecycle", "system", "assistant", "assistant", "user", "assistant", "result");
    }

    @Test
    void samplesCanBeSent() {
        AssistantMessage sample = Sample.assistantText("sampled");
        fake.turn(turn -> turn.send(sample));
        assertThat(Claude.stream("go", options)).contains(sample);
    }

    @Test
    void scriptThatFailsEndsTheProcessAndSaysWhy() {
        fake.turn(turn -> assertThat(turn.prompt()).as("the prompt").isEqualTo("something else"));
        assertThatThrownBy(() -> Claude.query("go", options))
                .asInstanceOf(type(ProcessExitedException.class))
                .satisfies(e -> {
                    assertThat(e.exitCode()).isEqualTo(70);
                    assertThat(e.stderrTail()).contains("the prompt");
                });
    }

    @Test
    void scriptMayEndAnInterruptedTurnItself() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        fake.turn(turn -> {
            begun.countDown();
            try {
                turn.await(new CountDownLatch(1));
            } catch (InterruptedException e) {
                turn.result("finished all the same");
            }
        });
        try (ClaudeSession session = ClaudeSession.open(options)) {
            CompletableFuture<String> text =
                    CompletableFuture.supplyAsync(() -> session.query("go").text(), Thread::startVirtualThread);
            begun.await();
            session.interrupt();
            assertThat(text.join()).isEqualTo("finished all the same");
        }
    }

    @Test
    void anInterruptCancelsAPromptOrHitsItsScript() {
        fake.otherwise(turn -> turn.await(new CountDownLatch(1)));
        try (ClaudeSession session = ClaudeSession.open(options)) {
            for (int i = 0; i < 200; i++) {
                SentPrompt sent = session.send("go");
                session.interrupt();
                assertThat(sent.ended().toCompletableFuture().join()).isEqualTo(LifecycleState.CANCELLED);
            }
        }
    }

    @Test
    void controlRequestsCanBeScriptedAndAreRecorded() {
        fake.onControl("get_context_usage", request -> Map.of("asked", request.get("detail")));
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.control("get_context_usage", Map.of("detail", "all")))
                    .isEqualTo(Map.of("asked", "all"));
        }
        assertThat(fake.received())
                .extracting(line -> line.get("request"))
                .contains(Map.of("subtype", "get_context_usage", "detail", "all"));
    }

    @Test
    void stderrIsInTheError() {
        fake.turn(turn -> turn.stderr("first").stderr("second").exit(3));
        assertThatThrownBy(() -> Claude.query("go", options))
                .asInstanceOf(type(ProcessExitedException.class))
                .satisfies(e -> assertThat(e.stderrTail()).isEqualTo("first\nsecond"));
    }

    @Test
    void hostWithoutAHandlerRefusesWhatItIsAsked() {
        fake.turn(turn ->
                turn.text(String.valueOf(turn.ask("something_new", Map.of()).get("error_code"))));
        assertThat(Claude.query("go", options).text()).isEqualTo("unsupported_request");
    }

    @Test
    void sessionsHaveRunsOfTheirOwn() {
        fake.otherwise(turn -> turn.text(turn.prompt()));
        ClaudeSession one = ClaudeSession.open(options);
        ClaudeSession two = ClaudeSession.open(options);
        assertThat(fake.running()).isEqualTo(2);
        assertThat(one.query("1").text()).isEqualTo("1");
        assertThat(two.query("2").text()).isEqualTo("2");
        assertThat(one.sessionId()).isNotEqualTo(two.sessionId());
        one.close();
        assertThat(fake.running()).isEqualTo(1);
        assertThat(two.query("3").text()).isEqualTo("3");
        two.close();
        assertThat(fake.running()).isZero();
        assertThat(fake.launches()).hasSize(2);
    }

    @Test
    void afterAnErrorTheNextTurnWorks() {
        fake.turn(turn -> turn.error("error_max_turns", "too many")).answer("fine");
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThatThrownBy(() -> session.query("go")).isInstanceOf(TurnFailedException.class);
            assertThat(session.query("again").text()).isEqualTo("fine");
        }
    }

    @Test
    void checksItsArguments() {
        assertThatThrownBy(() -> fake.pieces(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> fake.onControl(" ", request -> null)).hasMessageContaining("subtype");
    }
}
