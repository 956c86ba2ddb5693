package io.github.claudesessions.internal.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.message.ApiErrorKind;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.message.McpServerState;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.OversizeMessage;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.ResultSubtype;
import io.github.claudesessions.message.SessionStateChanged;
import io.github.claudesessions.message.StreamEvent;
import io.github.claudesessions.message.TextBlock;
import io.github.claudesessions.message.ThinkingBlock;
import io.github.claudesessions.message.ToolUseBlock;
import io.github.claudesessions.message.UnknownBlock;
import io.github.claudesessions.message.UnknownMessage;
import io.github.claudesessions.message.UnknownSystemMessage;
import io.github.claudesessions.message.Usage;
import io.github.claudesessions.message.UserMessage;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InboundDecoderTest {
    private final InboundDecoder decoder = new InboundDecoder();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "{",
                "}",
                "[]",
                "[{\"type\":\"user\"}]",
                "null",
                "17",
                "\"text\"",
                "{\"type\":\"result\"",
                "{\"type\":\"result\"} trailing",
                "{\"type\":\"stream_event\"}{}",
                "{\"type\":\"stream_event\",\"event\":{\"type\":\"ping\"}",
                "{type:1}",
                "{'type':'user'}",
                "{\"type\":\"user\",}",
                "(node:12) Warning: something",
                "{\"type\":\"user\",\"a\":NaN}",
                "\u0000{\"type\":\"user\"}",
                "{\u0000\"type\":\"user\"}",
                "{\"type\":\"us\u0000er\"}"
            })
    void lineThatIsNoObjectIsNotJson(String line) {
        assertThat(Lines.decode(line)).isEqualTo(new Inbound.NotJson(line.getBytes(UTF_8).length));
    }

    @Test
    void invalidUtf8IsNotJsonAndNeverAReplacementCharacter() {
        byte[] line = "{\"type\":\"prompt_suggestion\",\"suggestion\":\"\u00ff\u00c3(\"}".getBytes(ISO_8859_1);
        assertThat(decoder.decode(line, 0, line.length)).isInstanceOf(Inbound.NotJson.class);
    }

    @Test
    void controlFrames() {
        Inbound.ControlRequest request = (Inbound.ControlRequest)
                Lines.decode(
                        "{\"request\":{\"tool_name\":\"Bash\",\"subtype\":\"can_use_tool\",\"type\":\"x\"},\"request_id\":\"r1\",\"type\":\"control_request\"}");
        assertThat(request.requestId()).isEqualTo("r1");
        assertThat(request.subtype()).isEqualTo("can_use_tool");
        assertThat(request.request().path("tool_name").asText()).isEqualTo("Bash");

        Inbound.ControlResponse success = (Inbound.ControlResponse)
                Lines.decode(
                        "{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\"r2\",\"response\":{\"a\":1},\"pending_permission_requests\":[{\"type\":\"control_request\",\"request_id\":\"r1\",\"request\":{\"subtype\":\"can_use_tool\"}},5,{}],\"pending_elicitation_requests\":null}}");
        assertThat(success.success()).isTrue();
        assertThat(success.response()).hasToString("{\"a\":1}");
        assertThat(success.stillAsked()).singleElement().satisfies(asked -> {
            assertThat(asked.requestId()).isEqualTo("r1");
            assertThat(asked.subtype()).isEqualTo("can_use_tool");
        });

        Inbound.ControlResponse bare = (Inbound.ControlResponse) Lines.decode(
                "{\"type\":\"control_response\",\"response\":{\"subtype\":\"success\",\"request_id\":\"r2\"}}");
        assertThat(bare.response()).isNull();

        Inbound.ControlResponse error = (Inbound.ControlResponse)
                Lines.decode(
                        "{\"type\":\"control_response\",\"response\":{\"subtype\":\"error\",\"request_id\":\"r3\",\"error\":\"no\",\"error_code\":\"invalid_mode\"}}");
        assertThat(error.success()).isFalse();
        assertThat(error.error()).isEqualTo("no");
        assertThat(error.errorCode()).isEqualTo("invalid_mode");

        assertThat(Lines.decode("{\"type\":\"control_cancel_request\",\"request_id\":\"r4\"}"))
                .isEqualTo(new Inbound.ControlCancel("r4"));
        assertThat(Lines.decode("{\"type\":\"keep_alive\"}")).isEqualTo(new Inbound.KeepAlive());
        Inbound.TranscriptMirror mirror = (Inbound.TranscriptMirror)
                Lines.decode("{\"type\":\"transcript_mirror\",\"filePath\":\"p.jsonl\",\"entries\":[{},{}]}");
        assertThat(mirror.filePath()).isEqualTo("p.jsonl");
        assertThat(mirror.entries()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"control_request\"}",
                "{\"type\":\"control_request\",\"request_id\":5,\"request\":{}}",
                "{\"type\":\"control_request\",\"request_id\":\"r\",\"request\":[]}",
                "{\"type\":\"control_response\"}",
                "{\"type\":\"control_response\",\"response\":{}}",
                "{\"type\":\"control_cancel_request\"}",
                "{\"type\":\"transcript_mirror\",\"filePath\":\"p\"}",
                "{\"type\":\"hologram\"}",
                "{\"type\":null}",
                "{\"type\":{\"type\":\"user\"}}",
                "{}",
                "{\"nested\":{\"type\":\"stream_event\"}}"
            })
    void objectThatIsNothingKnownIsAnUnknownMessage(String json) {
        Message message = Lines.message(json);
        assertThat(message).isInstanceOf(UnknownMessage.class);
        assertThat(message.raw()).hasToString(json);
    }

    @Test
    void unknownThingsAreData() {
        assertThat(Lines.message("{\"type\":\"hologram\",\"depth\":3}"))
                .isInstanceOfSatisfying(UnknownMessage.class, m -> {
                    assertThat(m.type()).isEqualTo("hologram");
                    assertThat(m.raw().toMap()).containsEntry("depth", 3);
                });
        assertThat(((UnknownSystemMessage) Lines.message("{\"type\":\"system\",\"subtype\":\"hologram\"}")).subtype())
                .isEqualTo("hologram");
        assertThat(((UnknownSystemMessage) Lines.message("{\"type\":\"system\"}")).subtype())
                .isEmpty();
        SessionStateChanged state = (SessionStateChanged)
                Lines.message("{\"type\":\"system\",\"subtype\":\"session_state_changed\",\"state\":\"dreaming\"}");
        assertThat(state.state().value()).isEqualTo("dreaming");
        AssistantMessage assistant = (AssistantMessage)
                Lines.message(
                        "{\"type\":\"assistant\",\"message\":{\"model\":\"m\",\"content\":[{\"type\":\"hologram\",\"depth\":3}]}}");
        assertThat(assistant.content())
                .containsExactly(new UnknownBlock("hologram", Map.of("type", "hologram", "depth", 3)));
    }

    @Test
    void messagesForTheLibraryAreMarked() {
        for (String type : List.of("user", "stream_event", "hologram")) {
            String json = "{\"type\":\"" + type + "\",\"sdk_host_only\":%s}";
            assertThat(((Inbound.Delivered) Lines.decode(json.formatted("true"))).hostOnly())
                    .isTrue();
            assertThat(((Inbound.Delivered) Lines.decode(json.formatted("false"))).hostOnly())
                    .isFalse();
        }
        String delta =
                "{\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_stop\",\"index\":0},\"sdk_host_only\":true}";
        assertThat(((Inbound.Delivered) Lines.decode(delta)).hostOnly()).isTrue();
    }

    @Test
    void contentOfTheUserCanBeAnything() {
        assertThat(user("\"hi\"").content()).containsExactly(new TextBlock("hi"));
        assertThat(user("\"hi\"").text()).isEqualTo("hi");
        assertThat(user("5").content()).containsExactly(new UnknownBlock("", Map.of("value", 5)));
        assertThat(user("{\"type\":\"text\",\"text\":\"t\"}").text()).isEqualTo("t");
        assertThat(user("null").content()).isEmpty();
        assertThat(user("[\"a\",7,null,{\"type\":\"text\",\"text\":\"b\"}]").content())
                .hasSize(4);
        assertThat(((UserMessage) Lines.message("{\"type\":\"user\"}")).content())
                .isEmpty();
    }

    @Test
    void assistantFields() {
        AssistantMessage m = (AssistantMessage)
                Lines.message(
                        "{\"type\":\"assistant\",\"error\":\"rate_limit\",\"message\":{\"id\":\"msg_1\",\"model\":\"<synthetic>\",\"content\":[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"thinking\",\"thinking\":\"hm\",\"signature\":\"s\"},{\"type\":\"text\",\"text\":\"b\"},{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"Bash\",\"input\":{\"command\":\"ls\"}}],\"usage\":{\"input_tokens\":3,\"cache_read_input_tokens\":null}},\"parent_tool_use_id\":\"toolu_9\"}");
        assertThat(m.error()).isEqualTo(ApiErrorKind.RATE_LIMIT);
        assertThat(m.id()).isEqualTo("msg_1");
        assertThat(m.isSynthetic()).isTrue();
        assertThat(m.text()).isEqualTo("ab");
        assertThat(m.content().get(1)).isEqualTo(new ThinkingBlock("hm", "s"));
        assertThat(m.toolUses()).containsExactly(new ToolUseBlock("t", "Bash", Map.of("command", "ls")));
        assertThat(m.parentToolUseId()).isEqualTo("toolu_9");
        assertThat(m.usage().inputTokens()).isEqualTo(3);
        assertThat(m.usage().cacheReadInputTokens()).isZero();
        assertThat(m.stopReason()).isNull();
        assertThat(m.aborted()).isFalse();
    }

    @Test
    void resultFields() {
        ResultMessage m = (ResultMessage)
                Lines.message(
                        "{\"type\":\"result\",\"subtype\":\"success\",\"is_error\":true,\"api_error_status\":529,\"result\":\"API Error\",\"total_cost_usd\":2,\"num_turns\":1,\"duration_ms\":12.75,\"duration_api_ms\":3,\"structured_output\":[1,{\"a\":null}],\"model_usage_since_last_result\":{\"m1\":{\"costUSD\":0.25},\"m2\":{\"costUSD\":0.5}},\"permission_denials\":[]}");
        assertThat(m.subtype()).isEqualTo(ResultSubtype.SUCCESS);
        assertThat(m.isError()).isTrue();
        assertThat(m.apiErrorStatus()).isEqualTo(529);
        assertThat(m.text()).isEqualTo("API Error");
        assertThat(m.costUsd()).isEqualTo(0.75);
        assertThat(m.totalCostUsd()).isEqualTo(2.0);
        assertThat(m.durationMs()).isEqualTo(12);
        assertThat(m.usage()).isEqualTo(Usage.NONE);
        assertThat(m.structuredOutput()).asString().isEqualTo("[1, {a=null}]");
        assertThat(((ResultMessage) Lines.message("{\"type\":\"result\",\"subtype\":\"error_max_turns\"}")).isError())
                .isTrue();
        assertThat(((ResultMessage) Lines.message("{\"type\":\"result\",\"subtype\":\"success\"}")).isError())
                .isFalse();
    }

    @Test
    void initFields() {
        InitMessage m = (InitMessage)
                Lines.message(
                        "{\"type\":\"system\",\"subtype\":\"init\",\"cwd\":\"/srv/app\",\"session_id\":\"s\",\"tools\":[\"Bash\",5,null],\"mcp_servers\":[{\"name\":\"x\",\"status\":\"needs-auth\"},7],\"model\":\"m\",\"permissionMode\":\"acceptEdits\"}");
        assertThat(m.permissionMode()).isEqualTo(PermissionMode.ACCEPT_EDITS);
        assertThat(m.tools()).containsExactly("Bash");
        assertThat(m.mcpServers()).containsExactly(new InitMessage.McpServer("x", McpServerState.NEEDS_AUTH, null));
        assertThat(m.cwd()).isEqualTo("/srv/app");
        assertThat(m.plugins()).isEmpty();
    }

    @Test
    void strangeTextAndNumbersSurvive() {
        String input =
                "{\"separators\":\"a\u2028b\u2029c\u0085d\",\"nul\":\"\\u0000\",\"lone\":\"\\ud800x\",\"low\":\"\\udc00\",\"long\":9223372036854775807,\"big\":123456789012345678901234567890,\"huge\":1e400,\"tiny\":1e-400,\"half\":0.5}";
        ToolUseBlock use = toolUse(input);
        assertThat(use.input())
                .containsEntry("separators", "a\u2028b\u2029c\u0085d")
                .containsEntry("nul", "\u0000")
                .containsEntry("lone", "\ud800x")
                .containsEntry("low", "\udc00")
                .containsEntry("long", Long.MAX_VALUE)
                .containsEntry("big", new BigInteger("123456789012345678901234567890"))
                .containsEntry("half", 0.5);
    }

    @Test
    void numbersThatDoNotFitCountAsAbsent() {
        ResultMessage m = (ResultMessage)
                Lines.message(
                        "{\"type\":\"result\",\"subtype\":\"success\",\"duration_ms\":99999999999999999999,\"num_turns\":3000000000,\"total_cost_usd\":1e400,\"ttft_ms\":1e400}");
        assertThat(m.durationMs()).isZero();
        assertThat(m.numTurns()).isZero();
        assertThat(m.totalCostUsd()).isZero();
        assertThat(m.ttftMs()).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 500})
    void deepNestingIsRead(int depth) {
        String deep = "{\"d\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
        Object value = toolUse(deep).input().get("d");
        int levels = 0;
        while (value instanceof List<?> list) {
            levels++;
            value = list.isEmpty() ? null : list.get(0);
        }
        assertThat(levels).isEqualTo(depth);
    }

    @Test
    void nestingTooDeepForTheStackIsStillDelivered() {
        String json = "{\"type\":\"user\",\"tool_use_result\":" + "[".repeat(4_900) + "]".repeat(4_900) + "}";
        assertThat(Lines.message(json).raw().size()).isEqualTo(json.length());
    }

    @Test
    void nestingWithoutEndIsNotJson() {
        String line = "{\"type\":\"user\",\"d\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
        assertThat(Lines.decode(line)).isInstanceOf(Inbound.NotJson.class);
    }

    @Test
    void longStringIsRead() {
        String data = "A".repeat(25_000_000);
        assertThat(user("\"" + data + "\"").text()).hasSize(data.length());
    }

    @Test
    void lastOfTwoEqualKeysCounts() {
        assertThat(Lines.message("{\"type\":\"stream_event\",\"event\":{\"type\":\"ping\"},\"type\":\"hologram\"}"))
                .isInstanceOf(UnknownMessage.class);
        assertThat(Lines.message("{\"type\":\"hologram\",\"event\":{\"type\":\"ping\"},\"type\":\"stream_event\"}"))
                .isInstanceOf(StreamEvent.class);
    }

    @Test
    void randomDamageNeverThrows() throws Exception {
        Random random = new Random(7);
        for (Lines.Line line : Lines.all()) {
            byte[] original = line.json().getBytes(UTF_8);
            for (int i = 0; i < 200; i++) {
                byte[] damaged = original.clone();
                for (int j = 0; j <= i % 3; j++) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
                }
                int len = i % 2 == 0 ? damaged.length : random.nextInt(damaged.length);
                assertThat(decoder.decode(damaged, 0, len)).isNotNull();
            }
        }
    }

    @Test
    void headOfAnOversizeLineIsCutBetweenCharacters() {
        byte[] head = "ab漢".getBytes(UTF_8);
        for (int cut = 2; cut < 5; cut++) {
            OversizeMessage m = decoder.oversize(5_000, Arrays.copyOf(head, cut));
            assertThat(m.head()).isEqualTo("ab");
            assertThat(m.bytes()).isEqualTo(5_000);
            assertThat(m.raw()).hasToString("{}");
            assertThat(m.uuid()).isNull();
        }
        assertThat(decoder.oversize(5_000, head).head()).isEqualTo("ab漢");
        assertThat(decoder.oversize(5_000, "\u0080\u0080".getBytes(ISO_8859_1)).head())
                .isNotNull();
    }

    private static UserMessage user(String content) {
        return (UserMessage)
                Lines.message("{\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":" + content + "}}");
    }

    private static ToolUseBlock toolUse(String input) {
        return ((AssistantMessage) Lines.message(
                        "{\"type\":\"assistant\",\"message\":{\"model\":\"m\",\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"X\",\"input\":"
                                + input + "}]}}"))
                .toolUses()
                .get(0);
    }
}
