package io.github.claudesessions.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ToolUnitTest {
    record Add(int a, int b) {}

    private final Tool add = Tool.of("add", "Adds", Add.class, in -> ToolResult.text("" + (in.a() + in.b())));

    @Test
    void inputIsChecked() {
        assertThat(add.problem(Map.of("a", 1, "b", 2))).isEmpty();
        assertThat(add.problem(Map.of("a", 1))).contains("$.b is required, was absent");
        assertThat(add.problem(Map.of("a", 1, "b", 3_000_000_000L))).contains("$.b must fit int, was 3000000000");
        assertThat(add.inputSchema()).containsEntry("required", List.of("a", "b"));
    }

    @Test
    void anExplicitSchemaIsCopied() {
        Tool tool = Tool.of(
                "any",
                "Anything",
                Map.of("type", "object", "properties", Map.of("n", Map.of("type", "integer"))),
                (in, context) -> ToolResult.text("" + in.get("n")));
        assertThat(tool.problem(Map.of("n", "x"))).contains("$.n must be of type integer, was \"x\"");
        assertThatThrownBy(() -> Tool.of("a", "b", Map.of("type", "array"), (in, context) -> ToolResult.text("")))
                .hasMessageContaining("inputSchema must be of type object");
        assertThatThrownBy(() ->
                        Tool.of("a", "b", Map.of("type", "object", "if", Map.of()), (in, c) -> ToolResult.text("")))
                .hasMessageContaining("schema.if");
    }

    @Test
    void namesAndLimitsAreChecked() {
        assertThatThrownBy(() -> Tool.of("a b", "x", Add.class, in -> ToolResult.text("")))
                .hasMessageContaining("\"a b\"");
        assertThatThrownBy(() -> ToolServer.of("s", add).toolPolicy("sub", ToolPolicy.ALWAYS_ASK))
                .hasMessageContaining("\"sub\"");
        assertThatThrownBy(() -> ToolServer.of("s", add).toolPolicy("add", ToolPolicy.ALWAYS_ALLOW))
                .hasMessageContaining("allowedTool");
        assertThatThrownBy(() -> ToolServer.of("s", add, add)).hasMessage("tool add must be there once");
        assertThatThrownBy(() -> ToolServer.of("s.t", add)).hasMessageContaining("name must be");
        assertThatThrownBy(() -> add.timeLimit(Duration.ZERO)).hasMessageContaining("timeLimit");
        assertThat(add.timeLimit()).isEqualTo(Duration.ofMinutes(10));
        assertThat(ToolServer.of("calc", add).toolNames()).containsExactly("mcp__calc__add");
        assertThat(add.annotations(ToolAnnotations.none().readOnlyHint(true).title("Add"))
                        .annotations()
                        .readOnlyHint())
                .isTrue();
    }

    @Test
    void resultsCompose() {
        ToolResult result = ToolResult.text("a").and(ToolResult.image(new byte[] {1}, "image/png"));
        assertThat(result.content())
                .containsExactly(new ToolContent.Text("a"), new ToolContent.Image("AQ==", "image/png"));
        assertThat(result.isError()).isFalse();
        assertThat(ToolResult.error("x"))
                .isEqualTo(ToolResult.text("x").asError())
                .hasSameHashCodeAs(ToolResult.error("x"));
        assertThat(ToolResult.structured(new Add(1, 2)).structuredContent()).contains(Map.of("a", 1, "b", 2));
        assertThatThrownBy(() -> ToolResult.structured(List.of())).hasMessageContaining("must be a record or a map");
        assertThatThrownBy(() -> new ToolContent.Resource("u", null, null, null))
                .hasMessageContaining("either");
    }
}
