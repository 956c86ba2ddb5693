package io.github.claudesessions.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.error.SessionStartException;
import io.github.claudesessions.testing.FakeAnthropicApi;
import io.github.claudesessions.testing.Reply;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions opened and closed one after another leave nothing behind. */
@Tag("linux")
@Timeout(240)
class LeaksTest {
    /** The JVM's own: compilers, collectors and carriers come and go. */
    private static final int JVM_THREADS = 12;

    private final TempFolders folders = new TempFolders();

    @TempDir
    Path folder;

    @BeforeEach
    void use() {
        folders.use(folder);
    }

    @AfterEach
    void restore() {
        folders.restore();
    }

    @Test
    void manyOnTheStub() {
        onTheStub(150);
    }

    @Test
    @Tag("long")
    void aThousandOnTheStub() {
        onTheStub(1_000);
    }

    private void onTheStub(int count) {
        ClaudeOptions options = Stub.options().build();
        leavesNothing(count, () -> {
            try (ClaudeSession session = ClaudeSession.open(options)) {
                assertThat(session.query("go").text()).isEqualTo("hello");
            }
        });
    }

    @Test
    void failedStarts() {
        ClaudeOptions options = Stub.options("on_start() { exit 1; }").build();
        leavesNothing(50, () -> {
            try (ClaudeSession session = ClaudeSession.open(options)) {
                throw new AssertionError("opened " + session);
            } catch (SessionStartException expected) {
                // as it should
            }
        });
    }

    @Test
    void twentyOnTheRealCli() {
        leavesNothing(20, () -> {
            try (FakeAnthropicApi api =
                    FakeAnthropicApi.start()) { // it keeps its requests, so each session has its own
                api.reply(Reply.text("hello"));
                ClaudeOptions options =
                        ClaudeOptions.builder().env(api.environment()).build();
                try (ClaudeSession session = ClaudeSession.open(options)) {
                    assertThat(session.query("go").text()).isEqualTo("hello");
                }
            }
        });
    }

    private void leavesNothing(int count, Runnable session) {
        for (int i = 0; i < 5; i++) {
            session.run();
        }
        long threads = Usage.threadsWithoutReapers();
        long files = Usage.fileDescriptors();
        long heap = Usage.heap();
        Duration took = Usage.time(() -> {
            for (int i = 0; i < count; i++) {
                session.run();
            }
        });
        long more = Usage.heap() - heap;
        System.out.printf(
                "%d sessions one after another: %d ms each, %d KiB of heap left%n",
                count, took.toMillis() / count, more / 1024);
        assertThat(Usage.becomes(Duration.ofSeconds(5), () -> Usage.threads("claude-sessions-pump") == 0))
                .as("pumps have ended")
                .isTrue();
        assertThat(Usage.becomes(Duration.ofSeconds(15), () -> Usage.threadsWithoutReapers() <= threads + JVM_THREADS))
                .as("threads are %s, were %s", Usage.threadsWithoutReapers(), threads)
                .isTrue();
        assertThat(Usage.becomes(Duration.ofSeconds(5), () -> Usage.fileDescriptors() <= files))
                .as("file descriptors are %s, were %s", Usage.fileDescriptors(), files)
                .isTrue();
        assertThat(Usage.entries(folder, "claude-sessions-")).isZero();
        assertThat(more).isLessThan(2L << 20);
    }
}
