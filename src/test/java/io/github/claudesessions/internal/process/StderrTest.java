package io.github.claudesessions.internal.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.internal.ManualTimer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class StderrTest {
    private final ManualTimer timer = new ManualTimer();

    @TempDir
    private Path folder;

    @Test
    void tailOfAFileIsItsEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("stderr"), "a".repeat(Stderr.TAIL_BYTES) + "the end");
        StderrFile stderr = new StderrFile(file, timer);
        assertThat(stderr.tail()).hasSize(Stderr.TAIL_BYTES).endsWith("athe end");
        stderr.close();
    }

    @Test
    void fileThatIsGoneHasNoTail() {
        StderrFile stderr = new StderrFile(folder.resolve("none"), timer);
        assertThat(stderr.tail()).isEmpty();
        stderr.close();
    }

    @Test
    void largeFileIsCutNowAndThen() throws IOException {
        Path file = Files.write(folder.resolve("stderr"), new byte[17 * 1024 * 1024]);
        StderrFile stderr = new StderrFile(file, timer);
        timer.advance(Duration.ofMinutes(1));
        assertThat(file).isEmptyFile();
        Files.writeString(file, "small");
        timer.advance(Duration.ofMinutes(1));
        assertThat(stderr.tail()).isEqualTo("small");
        stderr.close();
        assertThat(timer.waiting(Duration.ofMinutes(1))).isZero();
    }

    @Test
    void listenerGetsEachLineAndTheTailTheEnd() {
        List<String> lines = new CopyOnWriteArrayList<>();
        StderrPump stderr =
                new StderrPump(new ByteArrayInputStream("one\ntwo\nthr\u00e9e".getBytes(UTF_8)), 1, lines::add);
        stderr.close();
        assertThat(lines).containsExactly("one", "two", "thr\u00e9e");
        assertThat(stderr.tail()).isEqualTo("one\ntwo\nthr\u00e9e\n");
    }

    @Test
    void goesOnWhenAListenerThrowsAnything() {
        List<String> lines = new CopyOnWriteArrayList<>();
        StderrPump stderr = new StderrPump(new ByteArrayInputStream("one\ntwo\n".getBytes(UTF_8)), 1, line -> {
            lines.add(line);
            throw new AssertionError("a bug of the listener");
        });
        stderr.close();
        assertThat(lines).containsExactly("one", "two");
    }

    @Test
    void aLineWithoutEndDoesNotGrowForEver() {
        List<String> lines = new CopyOnWriteArrayList<>();
        StderrPump stderr =
                new StderrPump(new ByteArrayInputStream("x".repeat(200_000).getBytes(UTF_8)), 1, lines::add);
        stderr.close();
        assertThat(String.join("", lines)).isEqualTo("x".repeat(200_000));
        assertThat(stderr.tail().length()).isLessThanOrEqualTo(Stderr.TAIL_BYTES);
    }
}
