package io.github.claudesessions.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.testing.ApiRequest.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class ApiRequestTest {
    private static final Map<String, String> LOOP = Map.of(
            "X-Claude-Code-Session-Id", "s", "anthropic-beta", "claude-code-20250219,interleaved-thinking-2025-05-14");
    private static final Map<String, String> SIDE =
            Map.of("X-Claude-Code-Session-Id", "s", "anthropic-beta", "structured-outputs-2025-12-15");

    @Test
    void tellsTurnsFromTheRest() {
        Map<String, String> agent = new LinkedHashMap<>(LOOP);
        agent.put("x-claude-code-agent-id", "a1");

        assertThat(kind(LOOP, "hi")).isEqualTo(Kind.MAIN);
        assertThat(kind(agent, "hi")).isEqualTo(Kind.SUBAGENT);
        assertThat(kind(SIDE, "<session>…")).isEqualTo(Kind.AUXILIARY);
        assertThat(kind(LOOP, "CRITICAL: Respond with TEXT ONLY. Do NOT call any tools.\n…"))
                .isEqualTo(Kind.COMPACTION);
        assertThat(kind(LOOP, "[SUGGESTION MODE: Suggest …]")).isEqualTo(Kind.AUXILIARY);
        assertThat(kind(Map.of(), "hi")).isEqualTo(Kind.MAIN);
    }

    @Test
    void tellsPathsApart() {
        assertThat(new ApiRequest("POST", "/v1/messages/count_tokens?beta=true", LOOP, Map.of()).kind())
                .isEqualTo(Kind.COUNT_TOKENS);
        assertThat(new ApiRequest("HEAD", "/v1/messages", LOOP, Map.of()).kind())
                .isEqualTo(Kind.OTHER);
        assertThat(new ApiRequest("POST", "/v1/messages/batches", LOOP, Map.of()).kind())
                .isEqualTo(Kind.OTHER);
    }

    @Test
    void readsTextsAndBlocks() {
        ApiRequest request = new ApiRequest(
                "POST",
                "/v1/messages",
                LOOP,
                Map.of(
                        "system",
                        List.of(Map.of("type", "text", "text", "one"), Map.of("type", "text", "text", "two")),
                        "tools",
                        List.of(Map.of("name", "Bash"), Map.of("name", "Read")),
                        "messages",
                        List.of(
                                Map.of("role", "user", "content", "a"),
                                Map.of("role", "user", "content", List.of(Map.of("type", "text", "text", "b"))),
                                Map.of("role", "system", "content", "c"))));

        assertThat(request.system()).isEqualTo("one\ntwo");
        assertThat(request.tools()).containsExactly("Bash", "Read");
        assertThat(request.lastUserText()).isEqualTo("b");
        assertThat(request.messages()).hasSize(3);
        assertThat(request.sessionId()).hasValue("s");
    }

    @Test
    void unexpectedShapesReadAsEmpty() {
        ApiRequest request =
                new ApiRequest("POST", "/v1/messages", LOOP, Map.of("messages", "x", "tools", 1, "system", true));

        assertThat(request.messages()).isEmpty();
        assertThat(request.tools()).isEmpty();
        assertThat(request.system()).isEmpty();
        assertThat(request.model()).isEmpty();
        assertThat(request.lastUserText()).isEmpty();
    }

    private static Kind kind(Map<String, String> headers, String lastText) {
        Map<String, Object> body = Map.of("messages", List.of(Map.of("role", "user", "content", lastText)));
        return new ApiRequest("POST", "/v1/messages?beta=true", headers, body).kind();
    }
}
