package io.github.claudesessions.internal.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.bench.Corpus;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.ApiEvent;
import io.github.claudesessions.message.Delta;
import io.github.claudesessions.message.RawJson;
import io.github.claudesessions.message.StreamEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast reader gives what the tree gives, or nothing. */
@Timeout(120)
class DeltaReaderTest {
    private static final String LINE =
            "{\"type\":\"stream_event\",\"event\":%s,\"session_id\":\"s\",\"parent_tool_use_id\":null,\"uuid\":\"u\"}";
    private static final String TEXT =
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"%s\"}}";

    private final DeltaReader reader = new DeltaReader();

    static Stream<String> lines() throws Exception {
        return Stream.concat(
                Lines.recorded().stream().map(Lines.Line::json),
                Lines.all().stream().map(Lines.Line::json));
    }

    static Stream<String> recordedDeltas() throws Exception {
        return lines().filter(line ->
                line.matches(".*\"type\":\"(text|input_json|thinking)_delta\".*") && !line.contains("\"ttft_ms\""));
    }

    /** A CLI that writes deltas in another way would cost time that nobody else notices. */
    @ParameterizedTest
    @MethodSource("recordedDeltas")
    void readsTheDeltasOfTheCliItself(String line) throws IOException {
        assertThat(fast(line)).isNotNull();
        assertAgreement(line);
    }

    @Test
    void readsTheDeltasOfTheCorpusItself() throws IOException {
        for (String line : new String(Corpus.lines(5_000), UTF_8).lines().toList()) {
            assertAgreement(line);
            assertThat(fast(line) != null).as(line).isEqualTo(line.contains("content_block_delta"));
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void agreesOnFieldsThatComeTwice(String line) throws IOException {
        for (String field :
                List.of("\"type\":", "\"index\":", "\"text\":", "\"uuid\":", "\"ttft_ms\":", "\"delta\":")) {
            for (String odd :
                    List.of("null,", "5,", "1.5,", "3000000000,", "1e400,", "{},", "[],", "\"x\",", "true,")) {
                assertAgreement(line.replace(field, field + odd + field));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recordedDeltas")
    void agreesOnLinesWithBytesChanged(String line) throws IOException {
        Random random = new Random(line.hashCode());
        byte[] bytes = line.getBytes(UTF_8);
        byte[] odd = "\"\\{}[],:0129 -.enu/\t\0\u0080\u00c3\u00ed\u00f0\u00ff".getBytes(ISO_8859_1);
        for (int i = 0; i < 4_000; i++) {
            byte[] changed = Arrays.copyOf(bytes, bytes.length);
            for (int j = random.nextInt(3); j >= 0; j--) {
                changed[random.nextInt(changed.length)] = odd[random.nextInt(odd.length)];
            }
            assertAgreement(changed, 0, changed.length);
        }
    }

    @ParameterizedTest
    @MethodSource("recordedDeltas")
    void agreesOnLinesWithPartsMovedOrLeftOut(String line) throws IOException {
        Random random = new Random(line.hashCode());
        String[] parts = line.split("(?<=[,{}])");
        for (int i = 0; i < 2_000; i++) {
            String[] changed = parts.clone();
            int a = random.nextInt(parts.length);
            int b = random.nextInt(parts.length);
            changed[a] = parts[b];
            changed[b] = random.nextBoolean() ? parts[a] : "";
            assertAgreement(String.join("", changed));
        }
    }

    /** The bytes after a line are another line's. */
    @ParameterizedTest
    @MethodSource("recordedDeltas")
    void readsNothingBeyondTheLine(String line) throws IOException {
        byte[] bytes = (line + line).getBytes(UTF_8);
        int length = bytes.length / 2;
        for (int end = 0; end < length; end++) {
            assertThat(reader.read(bytes, 0, end)).isNull();
            assertThat(reader.read(bytes, 1, end)).isNull();
            assertThat(reader.read(Arrays.copyOf(bytes, end), 0, end)).isNull();
        }
        assertAgreement(bytes, 0, length);
        assertAgreement(bytes, length, length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Größe 漢字 🙂",
                "a\\n\\t\\r\\b\\f\\/\\\\\\\" b",
                "Größe\\n漢字",
                "{\\\"command\\\":\\\"ls\\\"}",
                "\u007f\u2028"
            })
    void readsText(String escaped) throws IOException {
        String line = LINE.formatted(TEXT.formatted(escaped));
        assertThat(fast(line)).isNotNull();
        assertAgreement(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\u00e9", "\\ud83d\\ude42", "\\ud83d", "\\x", "\t", "\uFFFD", "\\", "\0", "\\u0000", "\\uZZZZ"})
    void leavesTextOutOfTheOrdinary(String escaped) throws IOException {
        String line = LINE.formatted(TEXT.formatted(escaped));
        assertThat(fast(line)).isNull();
        assertAgreement(line);
    }

    @Test
    void leavesWhatIsNotUtf8() throws IOException {
        for (String odd :
                List.of("\u00c3", "\u00c3(", "\u00c0\u00af", "\u00ed\u00a0\u0080", "\u00f5\u0080\u0080\u0080")) {
            byte[] line = LINE.formatted(TEXT.formatted(odd)).getBytes(ISO_8859_1);
            assertThat(reader.read(line, 0, line.length)).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "{}",
                "{\"type\":\"ping\"}",
                "{\"type\":\"content_block_stop\",\"index\":1}",
                "{\"type\":\"content_block_delta\",\"index\":-1,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}",
                "{\"type\":\"content_block_delta\",\"index\":01,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}",
                "{\"type\":\"content_block_delta\",\"index\":1e1,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}",
                "{\"type\":\"content_block_delta\",\"index\":9999999999,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":null}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\",\"x\":1}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"},\"x\":1}",
                "{\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"}}",
                "{\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"a\"},\"type\":\"message_delta\"}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"text\":\"a\",\"type\":\"text_delta\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"hologram_delta\",\"text\":\"a\"}}"
            })
    void leavesOtherEvents(String event) throws IOException {
        String line = LINE.formatted(event);
        assertThat(fast(line)).isNull();
        assertAgreement(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"sdk_host_only\":true",
                ",\"ttft_ms\":5",
                ",\"user_message_uuid\":\"u\"",
                ",\"resume_reason\":\"restart\"",
                ",\"type\":\"user\"",
                ",\"uuid\":null",
                ",\"parent_tool_use_id\":7",
                ",\"hologram\":{}",
                " ",
                ","
            })
    void leavesLinesWithOtherMembers(String member) throws IOException {
        String line = LINE.formatted(TEXT.formatted("a"));
        String odd = line.substring(0, line.length() - 1) + member + "}";
        assertThat(fast(odd)).isNull();
        assertAgreement(odd);
        assertThat(fast(line + member)).isNull();
        assertThat(fast(line)).isNotNull();
    }

    @Test
    void membersComeInAnyOrderAndSubagentsAreTold() {
        StreamEvent event =
                known("{\"type\":\"stream_event\",\"event\":{\"index\":3,\"delta\":{\"type\":\"text_delta\","
                        + "\"text\":\"é\"},\"type\":\"content_block_delta\"},\"uuid\":\"u\",\"api_message_id\":\"m\","
                        + "\"parent_tool_use_id\":\"toolu_1\",\"session_id\":\"s\"}");
        assertThat(event.event()).isEqualTo(new ApiEvent.ContentBlockDelta(3, new Delta.TextDelta("é")));
        assertThat(event.uuid()).isEqualTo("u");
        assertThat(event.sessionId()).isEqualTo("s");
        assertThat(event.parentToolUseId()).isEqualTo("toolu_1");
        assertThat(event.apiMessageId()).isEqualTo("m");
    }

    @Test
    void whatItRemembersOfOneLineIsNotTakenForAnothers() throws IOException {
        String line = LINE.formatted(TEXT.formatted("a"));
        for (String id : List.of("s", "s", "ss", "", "\\\"", "S", "é", "s")) {
            for (String parent : List.of("null", "\"p\"", "\"\"", "null", "\"pp\"", "\"p\"")) {
                String changed = line.replace("\"session_id\":\"s\"", "\"session_id\":\"" + id + "\"")
                        .replace("\"parent_tool_use_id\":null", "\"parent_tool_use_id\":" + parent);
                assertThat(fast(changed)).isNotNull();
                assertAgreement(changed);
            }
        }
    }

    @Test
    void idsThatRepeatAreOneString() {
        String line = LINE.formatted(TEXT.formatted("a"));
        StreamEvent first = known(line);
        StreamEvent second = known(line);
        assertThat(second.sessionId()).isSameAs(first.sessionId());
    }

    private void assertAgreement(String line) throws IOException {
        byte[] utf8 = line.getBytes(UTF_8);
        assertAgreement(utf8, 0, utf8.length);
    }

    private void assertAgreement(byte[] buf, int off, int len) throws IOException {
        StreamEvent fast = reader.read(buf, off, len);
        if (fast != null) {
            JsonNode tree = Json.parse(buf, off, len);
            RawJson raw = RawJson.ofUtf8(Arrays.copyOfRange(buf, off, off + len));
            assertThat(tree.path("sdk_host_only").booleanValue()).isFalse();
            assertThat(MessageCodec.decode(tree.path("type").asText(), tree, raw))
                    .isEqualTo(fast);
        }
    }

    private StreamEvent known(String line) {
        return Objects.requireNonNull(fast(line));
    }

    private @Nullable StreamEvent fast(String line) {
        byte[] utf8 = line.getBytes(UTF_8);
        return reader.read(utf8, 0, utf8.length);
    }
}
