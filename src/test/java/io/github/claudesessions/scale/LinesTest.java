package io.github.claudesessions.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.error.OversizeLineException;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.OversizeMessage;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.TextBlock;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many lines, long lines, and lines that are not what they should be. */
@Tag("unix")
@Timeout(90)
class LinesTest {
    private static final String LARGE = """
            large() { # TYPE FIELDS, the text of the file between, END
              printf '%s' "{\\"type\\":\\"$1\\",$2"
              cat "$TEXT"
              printf '%s\\n' "$3"
            }
            large_assistant() {
              large assistant '"message":{"role":"assistant","content":[{"type":"text","text":"' '"}]}}'
            }
            large_result() {
              large result "$(result_fields),\\"result\\":\\"" '"}'
            }
            """;

    @TempDir
    Path folder;

    @Test
    void twoHundredThousandMessages() throws IOException {
        Path lines = folder.resolve("lines");
        try (BufferedWriter out = Files.newBufferedWriter(lines)) {
            for (int i = 0; i < 200_000; i++) {
                out.write("""
                        {"type":"assistant","message":{"role":"assistant","content":[{"type":"text","text":"%d"}]},\
                        "parent_tool_use_id":null,"session_id":"stub","uuid":"00000000-0000-4000-8000-%012d"}
                        """.formatted(i, i));
            }
        }
        AtomicInteger next = new AtomicInteger();
        ClaudeOptions options = Stub.options("on_prompt() { started; cat \"$LINES_FILE\"; finish done; }")
                .env("LINES_FILE", lines.toString())
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("warm up");
            long before = Usage.heap();
            Duration took = Usage.time(() -> {
                try (Stream<Message> turn = session.stream("go")) {
                    turn.filter(AssistantMessage.class::isInstance)
                            .forEach(message ->
                                    assertThat(text(message)).isEqualTo(Integer.toString(next.getAndIncrement())));
                }
            });
            long left = Usage.heap() - before;
            System.out.printf("200,000 messages: %d ms, %d KiB of heap left%n", took.toMillis(), left / 1024);
            assertThat(next).hasValue(200_000);
            assertThat(left).isLessThan(3L << 20);
        }
    }

    @Test
    void fiveMegabytesArriveWhole() throws IOException {
        String text = "0123456789".repeat(500_000);
        try (ClaudeSession session =
                open(LARGE + "on_prompt() { started; large_assistant; large_result; }", text, 64 << 20)) {
            List<Message> turn = read(session);
            assertThat(turn).filteredOn(AssistantMessage.class::isInstance).hasSize(1);
            assertThat(text(turn.stream()
                                    .filter(AssistantMessage.class::isInstance)
                                    .findFirst()
                                    .orElseThrow())
                            .equals(text))
                    .isTrue();
            assertThat(((ResultMessage) turn.getLast()).text().equals(text)).isTrue();
        }
    }

    @Test
    void lineAboveTheLimitIsReportedAndTheNextArrives() throws IOException {
        String text = "x".repeat(200_000);
        try (ClaudeSession session = open(
                LARGE + "on_prompt() { started; large_assistant; assistant next; finish done; }", text, 64 << 10)) {
            List<Message> turn = read(session);
            assertThat(turn)
                    .filteredOn(OversizeMessage.class::isInstance)
                    .singleElement()
                    .satisfies(skipped -> {
                        assertThat(((OversizeMessage) skipped).bytes()).isGreaterThan(200_000);
                        assertThat(((OversizeMessage) skipped).head()).startsWith("{\"type\":\"assistant\"");
                    });
            assertThat(turn)
                    .filteredOn(AssistantMessage.class::isInstance)
                    .singleElement()
                    .satisfies(message -> assertThat(text(message)).isEqualTo("next"));
            assertThat(session.query("again").text()).isEqualTo("done");
        }
    }

    @Test
    void resultAboveTheLimit() throws IOException {
        String behaviour = LARGE + """
                on_prompt() {
                  started
                  case $input in
                    *large*) large_result; lifecycle completed; state idle ;;
                    *) finish done ;;
                  esac
                }
                """;
        try (ClaudeSession session = open(behaviour, "x".repeat(200_000), 64 << 10)) {
            OversizeLineException failure =
                    catchThrowableOfType(OversizeLineException.class, () -> session.query("large"));
            assertThat(failure.bytes()).isGreaterThan(200_000);
            assertThat(failure.limit()).isEqualTo(64 << 10);
            assertThat(session.query("small").text()).isEqualTo("done");
        }
    }

    @Test
    void membersComeInAnyOrder() {
        String behaviour = """
                on_initialize() {
                  line "{\\"response\\":{\\"response\\":{\\"disallowed_tools_applied\\":true,\\"settings_applied\\":true},\\
                \\"request_id\\":\\"$request\\",\\"subtype\\":\\"success\\"},\\"type\\":\\"control_response\\"}"
                }
                on_prompt() {
                  line "{\\"state\\":\\"started\\",\\"command_uuid\\":\\"$prompt\\",\\"type\\":\\"command_lifecycle\\"}"
                  line '{"message":{"content":[{"text":"backwards","type":"text"}],"role":"assistant"},"type":"assistant"}'
                  line "{\\"result\\":\\"done\\",$(result_fields),\\"nested\\":{\\"type\\":\\"user\\"},\\"type\\":\\"result\\"}"
                }
                """;
        try (ClaudeSession session = ClaudeSession.open(Stub.options(behaviour).build())) {
            List<Message> turn = read(session);
            assertThat(turn)
                    .filteredOn(AssistantMessage.class::isInstance)
                    .singleElement()
                    .satisfies(message -> assertThat(text(message)).isEqualTo("backwards"));
            assertThat(((ResultMessage) turn.getLast()).text()).isEqualTo("done");
        }
    }

    @Test
    void linesThatAreNotJsonAreSkipped() {
        String behaviour = """
                on_start() { line 'Warning: this is not JSON'; line '[1, 2]'; line ''; line '{"type":'; }
                on_prompt() { line noise; started; line '  '; assistant hello; line 'null'; line '"text"'; finish done; }
                """;
        try (ClaudeSession session = ClaudeSession.open(Stub.options(behaviour).build())) {
            assertThat(read(session))
                    .filteredOn(AssistantMessage.class::isInstance)
                    .hasSize(1);
            assertThat(session.query("again").text()).isEqualTo("done");
        }
    }

    private ClaudeSession open(String behaviour, String text, int maxLineBytes) throws IOException {
        Path file = Files.writeString(folder.resolve("text"), text);
        return ClaudeSession.open(Stub.options(behaviour)
                .env("TEXT", file.toString())
                .maxLineBytes(maxLineBytes)
                .build());
    }

    private static List<Message> read(ClaudeSession session) {
        try (Stream<Message> turn = session.stream("go")) {
            return turn.toList();
        }
    }

    private static String text(Message message) {
        return ((TextBlock) ((AssistantMessage) message).content().getFirst()).text();
    }
}
