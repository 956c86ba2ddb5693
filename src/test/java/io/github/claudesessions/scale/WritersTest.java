package io.github.claudesessions.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.claudesessions.ClaudeSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many threads that write to one session. */
@Tag("unix")
@Timeout(60)
class WritersTest {
    private static final int WRITERS = 50;
    private static final int REQUESTS = 10;

    @TempDir
    Path folder;

    @Test
    void linesNeverInterleave() throws IOException {
        Path input = folder.resolve("input");
        AtomicInteger count = new AtomicInteger();
        try (ClaudeSession session =
                ClaudeSession.open(Stub.options("on_input() { printf '%s\\n' \"$input\" >> \"$INPUT\"; }")
                        .env("INPUT", input.toString())
                        .build())) {
            Host.parallel(WRITERS, () -> {
                for (int i = 0; i < REQUESTS; i++) {
                    int number = count.getAndIncrement();
                    String text = (number + "\n").repeat(number * 3); // up to 7 KB: more than a pipe takes in one piece
                    session.control("echo", Map.of("number", number, "text", text));
                    if (i == REQUESTS / 2 && number % 10 == 0) {
                        session.query("between");
                    }
                }
            });
        }
        ObjectMapper json = new ObjectMapper();
        Set<Integer> numbers = new HashSet<>();
        List<String> lines = Files.readAllLines(input);
        for (String line : lines) {
            JsonNode request = json.readTree(line).path("request");
            if (request.path("subtype").asText().equals("echo")) {
                int number = request.path("number").asInt();
                assertThat(request.path("text").asText()).isEqualTo((number + "\n").repeat(number * 3));
                numbers.add(number);
            }
        }
        assertThat(numbers).hasSize(WRITERS * REQUESTS);
        assertThat(json.readTree(lines.getFirst()).at("/request/subtype").asText())
                .isEqualTo("initialize");
    }
}
