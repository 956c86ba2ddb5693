package io.github.claudesessions.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.claudesessions.message.Message;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sample lines under {@code messages/}, one file per leaf, named as it: written by hand from the description of the
 * protocol, with every field. Those under {@code recorded/} were written by the real CLI; only paths and ids are changed.
 */
final class Lines {
    private Lines() {}

    record Line(String leaf, int number, String json) {
        @Override
        public String toString() {
            return leaf + " " + number;
        }
    }

    static List<Line> all() throws IOException, URISyntaxException {
        List<Line> lines = new ArrayList<>();
        Path folder = Path.of(Lines.class.getResource("/messages").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                String leaf = file.getFileName().toString().replace(".ndjson", "");
                int number = 0;
                for (String json : Files.readAllLines(file)) {
                    lines.add(new Line(leaf, ++number, json));
                }
            }
        }
        return lines;
    }

    /** What the real CLI wrote, with the leaf that it is decoded to. */
    static List<Line> recorded() throws IOException, URISyntaxException {
        List<Line> lines = new ArrayList<>();
        Path folder = Path.of(Lines.class.getResource("/recorded").toURI());
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                for (String json : Files.readAllLines(file)) {
                    lines.add(new Line(message(json).getClass().getSimpleName(), lines.size() + 1, json));
                }
            }
        }
        return lines;
    }

    /** Decodes from the middle of a larger array, as the framer's lines are. */
    static Inbound decode(String json) {
        byte[] utf8 = json.getBytes(UTF_8);
        byte[] buf = new byte[utf8.length + 20];
        Arrays.fill(buf, (byte) '}');
        System.arraycopy(utf8, 0, buf, 7, utf8.length);
        return new InboundDecoder().decode(buf, 7, utf8.length);
    }

    static Message message(String json) {
        return ((Inbound.Delivered) decode(json)).message();
    }
}
