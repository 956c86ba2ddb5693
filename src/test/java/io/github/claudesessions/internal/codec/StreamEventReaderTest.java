package io.github.claudesessions.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.ApiEvent;
import io.github.claudesessions.message.Delta;
import io.github.claudesessions.message.RawJson;
import io.github.claudesessions.message.StreamEvent;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast reader gives what the tree gives, or nothing. */
@Timeout(60)
class StreamEventReaderTest {
    private static final String LINE =
            "{\"type\":\"stream_event\",\"event\":%s,\"session_id\":\"s\",\"parent_tool_use_id\":null,\"uuid\":\"u\"}";

    static List<String> samples() throws Exception {
        return Lines.all().stream().map(Lines.Line::json).toList();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void agreesWithTheTreeOnEverySampleAndEveryChangeOfOne(String json) throws IOException {
        assertAgreement(json);
        for (String field :
                List.of("\"type\":", "\"index\":", "\"text\":", "\"uuid\":", "\"ttft_ms\":", "\"delta\":")) {
            for (String odd :
                    List.of("null,", "5,", "1.5,", "3000000000,", "1e400,", "{},", "[],", "\"x\",", "true,")) {
                // Two keys of one name: one odd, one as it was.
                assertAgreement(json.replace(field, field + odd + field));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"t\"},\"type\":\"content_block_delta\"}",
                "{\"type\":\"content_block_delta\",\"delta\":{\"text\":\"t\",\"type\":\"text_delta\",\"x\":[{}]},\"index\":2147483647}",
                "{\"index\":1,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\"},\"type\":\"content_block_delta\"}",
                "{\"index\":1,\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"\"},\"type\":\"content_block_delta\"}",
                "{\"index\":1,\"delta\":{\"type\":\"signature_delta\",\"signature\":\"s\"},\"type\":\"content_block_delta\"}",
                "{\"index\":1,\"type\":\"content_block_stop\"}"
            })
    void readsTheFrequentShapesItself(String event) throws IOException {
        String json = LINE.formatted(event);
        assertThat(fast(json)).isNotNull();
        assertAgreement(json);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "7",
                "{}",
                "{\"type\":\"content_block_delta\"}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":5}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\",\"text\":null}}",
                "{\"type\":\"content_block_delta\",\"index\":-1,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"hologram_delta\",\"text\":\"a\"}}",
                "{\"type\":\"ping\"}",
                "{\"type\":\"hologram\",\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}"
            })
    void leavesTheRestToTheTree(String event) throws IOException {
        String json = LINE.formatted(event);
        assertThat(fast(json)).isNull();
        assertThat(Lines.message(json)).isInstanceOf(StreamEvent.class);
    }

    @Test
    void typeOfTheLineMayComeLast() {
        StreamEvent event = (StreamEvent)
                Lines.message(
                        "{\"uuid\":\"u\",\"event\":{\"type\":\"content_block_delta\",\"index\":3,\"delta\":{\"type\":\"text_delta\",\"text\":\"é\\n\\ud83d\\ude42\"}},\"parent_tool_use_id\":\"toolu_1\",\"type\":\"stream_event\"}");
        assertThat(event.event()).isEqualTo(new ApiEvent.ContentBlockDelta(3, new Delta.TextDelta("é\n🙂")));
        assertThat(event.uuid()).isEqualTo("u");
        assertThat(event.parentToolUseId()).isEqualTo("toolu_1");
        assertThat(event.sessionId()).isNull();
    }

    private static void assertAgreement(String json) throws IOException {
        StreamEvent fast = fast(json);
        if (fast != null) {
            JsonNode tree = Json.MAPPER.readTree(json);
            assertThat(MessageCodec.decode(tree.path("type").asText(), tree, RawJson.of(json)))
                    .isEqualTo(fast);
        }
    }

    private static @Nullable StreamEvent fast(String json) throws IOException {
        byte[] line = json.getBytes(UTF_8);
        try {
            return StreamEventReader.read(line, 0, line.length);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
