package io.github.claudesessions.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Lines of a long conversation with partial messages: mostly deltas of text and of tool input, with what comes between
 * them. Each is a line that the CLI wrote, with other text, ids and numbers in it. The same lines on each run.
 */
public final class Corpus {
    private static final String WORDS = "the stream of a session is read by one thread and handed to its reader while"
            + " another writes; when the process ends, what is left in the pipe is read first. So each line counts once";
    private static final List<String> ESCAPED = List.of("\\n\\n", "\\\"quoted\\\"", "C:\\\\x");
    private static final List<String> FOREIGN = List.of("Größe", "漢字", "🙂");
    private static final String SESSION = "6e85685a-d099-4cc1-a554-0337d18e3b11";

    private final Random random = new Random(42);
    private final List<String> words = List.of(WORDS.split(" "));
    private final Templates templates = new Templates();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int lines;
    private String api = "msg_1";
    private String parent = "null";

    private Corpus() {}

    /** At least {@code lines} lines, up to the end of a turn, with the newline of each. */
    public static byte[] lines(int lines) {
        Corpus corpus = new Corpus();
        while (corpus.lines < lines) {
            corpus.turn();
        }
        return corpus.out.toByteArray();
    }

    /** The lines of a turn between its start and its result, about {@code lines} of them. */
    static byte[] insideOfTurn(int lines) {
        Corpus corpus = new Corpus();
        while (corpus.lines < lines) {
            corpus.answer(corpus.deltas(), corpus.lines % 10 == 9);
        }
        return corpus.out.toByteArray();
    }

    /** One line with an answer of {@code length} characters, with its newline. */
    static String assistant(int length) {
        Corpus corpus = new Corpus();
        corpus.line(corpus.templates.assistantText.replace("@TEXT", corpus.text(length)));
        return corpus.out.toString(UTF_8);
    }

    static int count(byte[] lines) {
        int count = 0;
        for (byte b : lines) {
            count += b == '\n' ? 1 : 0;
        }
        return count;
    }

    private int deltas() {
        return 130 + random.nextInt(150);
    }

    /** Ten answers of the model, some with a call of a tool, some by a subagent, and the result. */
    private void turn() {
        for (int i = 0; i < 10; i++) {
            answer(deltas(), i == 7);
        }
        line(templates.result.replace("\"result\":\"done\"", "\"result\":\"" + text(400) + "\""));
    }

    private void answer(int deltas, boolean subagent) {
        api = "msg_01" + Long.toString(random.nextLong(1L << 62), 36);
        parent = subagent ? "\"toolu_01" + Long.toString(random.nextLong(1L << 62), 36) + "\"" : "null";
        line(templates.messageStart);
        line(templates.textStart);
        for (int i = 0; i < deltas * 2 / 3; i++) {
            line(templates.textDelta.replace("@TEXT", text(20 + random.nextInt(60))));
        }
        line(templates.assistantText.replace("@TEXT", text(deltas * 20)));
        line(templates.blockStop);
        line(templates.toolStart);
        for (int i = 0; i < deltas / 3; i++) {
            line(templates.inputDelta.replace("@TEXT", "\\\"" + text(20 + random.nextInt(40)) + "\\\": ["));
        }
        line(templates.assistantTool.replace("@TEXT", text(deltas * 7)));
        line(templates.blockStop);
        line(templates.messageDelta);
        line(templates.messageStop);
        line(templates.toolResult.replace("@TEXT", text(4096)));
    }

    /** Words of at least {@code length} characters, escaped for JSON; one text in twenty is not all English. */
    private String text(int length) {
        boolean foreign = random.nextInt(20) == 0;
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(random.nextInt(30) > 0 ? any(words) : any(foreign ? FOREIGN : ESCAPED))
                    .append(' ');
        }
        return text.toString();
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private void line(String template) {
        String line = template.replace("@UUID", new UUID(random.nextLong(), random.nextLong()).toString())
                .replace("msg_1", api)
                .replace("\"parent_tool_use_id\":null", "\"parent_tool_use_id\":" + parent);
        out.writeBytes((line + "\n").getBytes(UTF_8));
        lines++;
    }

    /** Recorded lines, with marks where something is put in. */
    private static final class Templates {
        private final List<String> recorded = recorded();

        final String messageStart = find("\"type\":\"message_start\"");
        final String textStart = find("\"content_block\":{\"type\":\"text\"");
        final String toolStart = find("\"content_block\":{\"type\":\"tool_use\"");
        final String textDelta = find("\"type\":\"text_delta\"").replaceFirst("(\"text\":\")[^\"]*", "$1@TEXT");
        final String inputDelta = find("\"type\":\"input_json_delta\"")
                .replaceFirst("(\"partial_json\":\")(\\\\.|[^\"\\\\])*", "$1@TEXT");
        final String blockStop = find("\"type\":\"content_block_stop\"");
        final String messageDelta = find("\"type\":\"message_delta\"");
        final String messageStop = find("\"type\":\"message_stop\"");
        final String assistantText = find("\"content\":[{\"type\":\"text\"")
                .replaceFirst("(\"content\":\\[\\{\"type\":\"text\",\"text\":\")[^\"]*", "$1@TEXT");
        final String assistantTool =
                find("\"content\":[{\"type\":\"tool_use\"").replaceFirst("(\"command\":\")[^\"]*", "$1@TEXT");
        final String toolResult = find("\"type\":\"tool_result\"")
                .replaceFirst("(\"content\":\")hi", "$1@TEXT")
                .replaceFirst("(\"stdout\":\")hi", "$1@TEXT");
        final String result = find("\"type\":\"result\"");

        /** The first line with {@code part}, each of whose own id is a mark. */
        private String find(String part) {
            String line = recorded.stream()
                    .filter(candidate -> candidate.contains(part))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no recorded line has " + part));
            if (!line.contains(SESSION)) {
                throw new IllegalStateException("the line with " + part + " is of another session");
            }
            return line.replaceFirst("\"uuid\":\"[^\"]*\"", "\"uuid\":\"@UUID\"");
        }

        private static List<String> recorded() {
            try (InputStream in = Corpus.class.getResourceAsStream("/recorded/cli-2.1.330.ndjson")) {
                if (in == null) {
                    throw new IllegalStateException("the recorded lines are not on the class path");
                }
                return new String(in.readAllBytes(), UTF_8).lines().toList();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
