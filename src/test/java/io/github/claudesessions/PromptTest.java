package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.testing.FakeClaude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class PromptTest {
    @TempDir
    private Path folder;

    private static Object sent(Prompt prompt) {
        FakeClaude fake = FakeClaude.create().answer("seen");
        Claude.query(prompt, Fakes.options(fake));
        return fake.received().stream()
                .filter(line -> "user".equals(line.get("type")))
                .flatMap(line -> line.get("message") instanceof Map<?, ?> message
                        ? Stream.ofNullable(message.get("content"))
                        : Stream.empty())
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> block(String type, String mediaType, byte[] data) {
        return Map.of(
                "type",
                type,
                "source",
                Map.of(
                        "type",
                        "base64",
                        "media_type",
                        mediaType,
                        "data",
                        Base64.getEncoder().encodeToString(data)));
    }

    @Test
    void partsAreSentInOrder() throws IOException {
        byte[] bytes = {1, 2, 3};
        Path image = Files.write(folder.resolve("a.JPG"), bytes);
        Path document = Files.write(folder.resolve("a.pdf"), bytes);
        Prompt prompt = Prompt.of("look")
                .image(image)
                .image(bytes, "image/png")
                .document(document)
                .text("and say");
        assertThat(sent(prompt))
                .isEqualTo(List.of(
                        Map.of("type", "text", "text", "look"),
                        block("image", "image/jpeg", bytes),
                        block("image", "image/png", bytes),
                        block("document", "application/pdf", bytes),
                        Map.of("type", "text", "text", "and say")));
    }

    @Test
    void isImmutable() {
        Prompt prompt = Prompt.of("one");
        assertThat(prompt.text("two")).isNotSameAs(prompt);
        assertThat(sent(prompt)).isEqualTo(List.of(Map.of("type", "text", "text", "one")));
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        Path text = Files.writeString(folder.resolve("a.txt"), "text");
        Path empty = Files.createFile(folder.resolve("empty.png"));
        assertThatThrownBy(() -> Prompt.of(" ")).hasMessageContaining("prompt");
        assertThatThrownBy(() -> Prompt.of("a").image(text)).hasMessageContaining(".png");
        assertThatThrownBy(() -> Prompt.of("a").document(text)).hasMessageContaining(".pdf");
        assertThatThrownBy(() -> Prompt.of("a").image(empty)).hasMessageContaining("empty");
        assertThatThrownBy(() -> Prompt.of("a").image(folder.resolve("none.png")))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void textTellsNothingOfWhatItSays() {
        assertThat(Prompt.of("a secret")).hasToString("Prompt[1 blocks]");
    }
}
