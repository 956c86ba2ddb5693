package io.github.claudesessions.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.Messages;
import io.github.claudesessions.message.ApiErrorKind;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.ResultSubtype;
import io.github.claudesessions.message.TerminalReason;
import io.github.claudesessions.message.UnknownMessage;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SampleTest {
    @Test
    void documentation() {
        // @start region="sample"
        Stream<Message> turn = Stream.of(
                Sample.toolUse("t1", "Read", Map.of("file_path", "pom.xml")),
                Sample.toolResult("t1", "<project/>"),
                Sample.assistantText("An empty project."),
                Sample.result("An empty project."));
        assertThat(turn.collect(Messages.summary()).toolCalls()).hasSize(1);
        // @end
    }

    @Test
    void areAsDecodedFromALine() {
        assertThat(Sample.init().model()).isEqualTo("fake-model");
        assertThat(Sample.assistantText("hi").text()).isEqualTo("hi");
        assertThat(Sample.assistantText("hi").sessionId()).isEqualTo(Sample.SESSION_ID);
        assertThat(Sample.assistantText("hi").raw().toMap()).containsEntry("type", "assistant");
        assertThat(Sample.subagentText("t1", "hi").parentToolUseId()).isEqualTo("t1");
        assertThat(Sample.toolUse("Read", Map.of("a", 1)).toolUses().getFirst().input())
                .isEqualTo(Map.of("a", 1));
        assertThat(Sample.toolResult("t1", "ok").toolResults().getFirst().isError())
                .isFalse();
        assertThat(Sample.toolError("t1", "no").toolResults().getFirst().isError())
                .isTrue();
        assertThat(Stream.<Message>of(Sample.textDelta("a")).flatMap(Messages.textDeltas()))
                .containsExactly("a");
        assertThat(Stream.<Message>of(Sample.thinkingDelta("a")).flatMap(Messages.thinkingDeltas()))
                .containsExactly("a");
    }

    @Test
    void resultsAreOfEachKind() {
        assertThat(Sample.result("ok").isError()).isFalse();
        assertThat(Sample.result("ok").costUsd()).isPositive();
        ResultMessage failed = Sample.errorResult(ResultSubtype.ERROR_MAX_TURNS, "too many");
        assertThat(failed.subtype()).isEqualTo(ResultSubtype.ERROR_MAX_TURNS);
        assertThat(failed.errors()).containsExactly("too many");
        assertThat(Sample.apiError(529, "busy").apiErrorStatus()).isEqualTo(529);
        assertThat(Sample.interrupted().terminalReason()).isEqualTo(TerminalReason.ABORTED_STREAMING);
        assertThat(Sample.apiRetry(2, 529, ApiErrorKind.OVERLOADED).attempt()).isEqualTo(2);
    }

    @Test
    void anyLineCanBeOne() {
        assertThat(Sample.of(Map.of("type", "made_up"))).isInstanceOf(UnknownMessage.class);
        assertThatThrownBy(() -> Sample.of(Map.of("type", "keep_alive"))).isInstanceOf(IllegalArgumentException.class);
    }
}
