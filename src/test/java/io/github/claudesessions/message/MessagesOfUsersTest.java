package io.github.claudesessions.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a user's own test does with these types: make them, bind them, compare them. */
@Timeout(10)
class MessagesOfUsersTest {
    private static final RawJson RAW = RawJson.of("{\"type\":\"x\",\"n\":1}");

    record Input(String command, int timeout) {}

    record Answer(int answer) {}

    @Test
    void inputOfAToolBindsToARecord() {
        ToolUseBlock use = new ToolUseBlock("t", "Bash", Map.of("command", "ls", "timeout", 5, "new", true));
        assertThat(use.inputAs(Input.class)).isEqualTo(new Input("ls", 5));
        assertThatThrownBy(() -> new ToolUseBlock("t", "Bash", Map.of("timeout", List.of())).inputAs(Input.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void structuredOutputBindsToARecord() {
        assertThat(result(Map.of("answer", 4)).structuredOutputAs(Answer.class)).isEqualTo(new Answer(4));
        assertThatThrownBy(() -> result(null).structuredOutputAs(Answer.class))
                .isInstanceOf(IllegalStateException.class);
        assertThat(result(null).text()).isEmpty();
        assertThat(result(null).costUsd()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway") // JSON has nulls
    void collectionsAreCopiedAndKeepJsonsNulls() {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("b", null);
        input.put("a", 1);
        ToolUseBlock use = new ToolUseBlock("t", "Bash", input);
        input.clear();
        assertThat(use.input()).containsOnlyKeys("b", "a").containsEntry("b", null);
        assertThatThrownBy(() -> use.input().put("c", 2)).isInstanceOf(UnsupportedOperationException.class);

        List<ContentBlock> content = new ArrayList<>(List.of(new TextBlock("one"), use, new TextBlock("two")));
        ToolResultBlock result = new ToolResultBlock("t", content, false);
        content.clear();
        assertThat(result.content()).hasSize(3);
        assertThat(result.text()).isEqualTo("one\ntwo");
    }

    @Test
    void wireValuesAreOpenAndPrintAsTheyAre() {
        assertThat(new PermissionMode("acceptEdits"))
                .isEqualTo(PermissionMode.ACCEPT_EDITS)
                .hasToString("acceptEdits");
        assertThat(new PermissionMode("new-mode").value()).isEqualTo("new-mode");
    }

    @Test
    void sealedFamiliesCanBeMatched() {
        Message message = new SessionStateChanged("u", "s", RAW, SessionState.IDLE);
        String text = switch (message) {
            case AssistantMessage assistant -> assistant.text();
            case SessionStateChanged changed -> changed.state().value();
            default -> "";
        };
        assertThat(text).isEqualTo("idle");
        assertThat(message.raw().toMap()).containsEntry("n", 1);
    }

    private static ResultMessage result(@Nullable Object structuredOutput) {
        return new ResultMessage(
                null,
                null,
                RAW,
                ResultSubtype.SUCCESS,
                false,
                null,
                structuredOutput,
                List.of(),
                Usage.NONE,
                Map.of(),
                Map.of(),
                0,
                1,
                0,
                0,
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                List.of(),
                false,
                false,
                null,
                null,
                null,
                null,
                Map.of());
    }
}
