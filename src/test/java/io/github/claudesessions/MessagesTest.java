package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.MissingResultException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultSubtype;
import io.github.claudesessions.message.ToolResultBlock;
import io.github.claudesessions.message.ToolUseBlock;
import io.github.claudesessions.testing.FakeClaude;
import io.github.claudesessions.testing.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MessagesTest {
    private static Stream<Message> turn() {
        return Stream.of(
                Sample.init(),
                Sample.thinkingDelta("h"),
                Sample.thinkingDelta("m"),
                Sample.thinking("hm"),
                Sample.textDelta("Let me "),
                Sample.textDelta("look."),
                Sample.assistantText("Let me look."),
                Sample.toolUse("t1", "Read", Map.of("file_path", "a.txt")),
                Sample.toolUse("t2", "Bash", Map.of("command", "ls")),
                Sample.toolResult("t2", "a.txt"),
                Sample.toolResult("t1", "content"),
                Sample.subagentText("t2", "from a subagent"),
                Sample.assistantText("Found."),
                Sample.result("Found."));
    }

    @Test
    void documentation() {
        FakeClaude fake = FakeClaude.create().turn(turn -> {
            String id = turn.toolUse("Read", Map.of("file_path", "pom.xml"));
            turn.toolResult(id, "<project/>").text("An empty project.");
        });
        List<String> printed = new ArrayList<>();
        try (ClaudeSession session = Fakes.open(fake)) {
            // @start region="messages"
            try (Stream<Message> messages = session.stream("What is in pom.xml?")) {
                messages.flatMap(Messages.toolUses())
                        .map(use -> use.name() + " " + use.input())
                        .forEach(printed::add);
            }
            // @end
        }
        assertThat(printed).containsExactly("Read {file_path=pom.xml}");
    }

    @Test
    void mappers() {
        assertThat(turn().flatMap(Messages.textDeltas())).containsExactly("Let me ", "look.");
        assertThat(turn().flatMap(Messages.thinkingDeltas())).containsExactly("h", "m");
        assertThat(turn().flatMap(Messages.text())).containsExactly("Let me look.", "Found.");
        assertThat(turn().flatMap(Messages.toolUses()))
                .extracting(ToolUseBlock::name)
                .containsExactly("Read", "Bash");
        assertThat(turn().flatMap(Messages.toolResults("Read")))
                .extracting(ToolResultBlock::text)
                .containsExactly("content");
        assertThat(turn().flatMap(Messages.toolResults("Grep"))).isEmpty();
        assertThatThrownBy(() -> Messages.toolResults(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void finalTextAndResult() {
        assertThat(turn().collect(Messages.finalText())).isEqualTo("Found.");
        assertThat(turn().collect(Messages.finalResult()).text()).isEqualTo("Found.");
    }

    @Test
    void summaryHasTheWholeTurn() {
        TurnSummary summary = turn().collect(Messages.summary());
        assertThat(summary.text()).isEqualTo("Let me look.\n\nFound.");
        assertThat(summary.thinking()).isEqualTo("hm");
        assertThat(summary.toolCalls()).hasSize(2);
        assertThat(summary.toolCalls().getFirst().use().name()).isEqualTo("Read");
        assertThat(summary.toolCalls().getFirst().result())
                .hasValueSatisfying(result -> assertThat(result.text()).isEqualTo("content"));
        assertThat(summary.sessionId()).isEqualTo(Sample.SESSION_ID);
        assertThat(summary.usage().inputTokens()).isEqualTo(10);
        assertThat(summary.costUsd()).isEqualTo(0.001);
        assertThat(summary.turns()).isEqualTo(1);
        assertThat(summary.stopReason()).isEqualTo("end_turn");
    }

    @Test
    void summaryOfACutTurnHasCallsWithoutResults() {
        AssistantMessage use = Sample.toolUse("Bash", Map.of());
        TurnSummary summary = Stream.of(use, Sample.interrupted()).collect(Messages.summary());
        assertThat(summary.toolCalls())
                .singleElement()
                .satisfies(call -> assertThat(call.result()).isEmpty());
        assertThat(summary.result().isError()).isTrue();
    }

    @Test
    void errorsAreThrownByTheTextAndReturnedByTheOthers() {
        Message failed = Sample.errorResult(ResultSubtype.ERROR_MAX_TURNS, "too many");
        assertThatThrownBy(() -> Stream.of(failed).collect(Messages.finalText()))
                .isInstanceOf(TurnFailedException.class);
        assertThat(Stream.of(failed).collect(Messages.finalResult())).isSameAs(failed);
        assertThat(Stream.of(failed).collect(Messages.summary()).result()).isSameAs(failed);
    }

    @Test
    void anEndWithoutAResultAlwaysThrows() {
        assertThatThrownBy(() -> Stream.<Message>of(Sample.init()).collect(Messages.finalText()))
                .isInstanceOf(MissingResultException.class);
        assertThatThrownBy(() -> Stream.<Message>of(Sample.init()).collect(Messages.finalResult()))
                .isInstanceOf(MissingResultException.class);
        assertThatThrownBy(() -> Stream.<Message>of(Sample.init()).collect(Messages.summary()))
                .isInstanceOf(MissingResultException.class);
    }
}
