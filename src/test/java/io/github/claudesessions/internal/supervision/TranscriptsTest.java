package io.github.claudesessions.internal.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(10)
class TranscriptsTest {
    private static final String ID = "6f1c2f0e-0000-4000-8000-000000000001";

    @TempDir
    Path config;

    private Path folder;

    @BeforeEach
    void folder() throws IOException {
        folder = Files.createDirectories(config.resolve("projects/-some-project"));
    }

    private void write(String... rows) throws IOException {
        Files.write(folder.resolve(ID + ".jsonl"), List.of(rows));
    }

    @Test
    void nothingIsThere() throws IOException {
        Transcripts transcripts = new Transcripts(config);
        assertThat(transcripts.has(ID)).isFalse();
        assertThat(new Transcripts(config.resolve("none")).has(ID)).isFalse();
        write("{\"type\":\"queue-operation\",\"uuid\":\"u1\"}");
        assertThat(transcripts.has(ID)).isFalse();
        assertThat(transcripts.find(ID, "u1")).isNull();
    }

    @Test
    void promptIsFoundWithTheRowThatItFollows() throws IOException {
        write(
                "{\"type\":\"user\",\"uuid\":\"u1\"}",
                "{\"type\":\"assistant\",\"uuid\":\"a1\"}",
                "{\"type\":\"assistant\",\"uuid\":\"a2\"}",
                "{\"type\":\"assistant\",\"uuid\":\"side\",\"isSidechain\":true}",
                "{\"type\":\"user\",\"uuid\":\"u2\",\"parentUuid\":\"a2\"}");
        Transcripts transcripts = new Transcripts(config);
        assertThat(transcripts.has(ID)).isTrue();
        assertThat(transcripts.find(ID, "u1")).isEqualTo(new Transcripts.Place(null, true));
        assertThat(transcripts.find(ID, "u2")).isEqualTo(new Transcripts.Place("a2", false));
        assertThat(transcripts.find(ID, "u3")).isNull();
    }

    @Test
    void halfALineAtTheEndDoesNoHarm() throws IOException {
        Files.writeString(
                folder.resolve(ID + ".jsonl"),
                "not json\n{\"type\":\"user\",\"uuid\":\"u1\"}\n{\"type\":\"assistant\",\"uuid\":\"a1\",\"mess");
        Transcripts transcripts = new Transcripts(config);
        assertThat(transcripts.find(ID, "u1")).isNotNull();
        assertThat(transcripts.find(ID, "a1")).isNull();
    }
}
