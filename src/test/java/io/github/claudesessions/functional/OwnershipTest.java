package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Health;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who owns a session, and what becomes of one that nobody owns any more. */
@Timeout(60)
class OwnershipTest extends OnRealCli {
    private final CountDownLatch never = new CountDownLatch(1);

    @Test
    void endsWithItsThread() {
        CountDownLatch done = new CountDownLatch(1);
        Thread owner = Thread.startVirtualThread(() -> await(done));
        try (ClaudeSession session = open()) {
            session.linkTo(owner);
            api.reply(Reply.text("works"));
            assertThat(session.query("hello").text()).isEqualTo("works");
            done.countDown();
            assertCloses(session);
        }
    }

    @Test
    void endsWithAThreadThatHasEnded() throws InterruptedException {
        Thread owner = Thread.startVirtualThread(() -> {});
        owner.join();
        try (ClaudeSession session = open()) {
            session.linkTo(owner);
            assertCloses(session);
        }
    }

    @Test
    void endsWithItsFutureHoweverThatEnds() {
        CompletableFuture<String> owner = new CompletableFuture<>();
        try (ClaudeSession session = open()) {
            session.linkTo(owner);
            assertThat(session.health()).isInstanceOf(Health.Healthy.class);
            owner.completeExceptionally(new IllegalStateException());
            assertCloses(session);
        }
    }

    @Test
    void aSessionThatIsDroppedIsClosedWithAWarning() {
        long logged = logSize();
        dropSession();
        collect();
        assertThat(logFrom(logged)).contains("A session was dropped without being closed");
    }

    @Test
    void aStreamThatIsDroppedIsClosedWithAWarning() {
        long logged = logSize();
        api.reply(Reply.text("a", "b").pauseAfter(1, never));
        dropStream();
        collect();
        assertThat(logFrom(logged)).contains("A stream of a turn was dropped");
    }

    @Test
    void aStreamThatAnotherThreadHasDroppedMakesRoomForTheNextTurn() throws Exception {
        api.reply(Reply.text("a", "b").pauseAfter(1, never), Reply.text("next"));
        try (ClaudeSession session = open()) {
            Thread dropping = Thread.startVirtualThread(
                    () -> session.streamText("letters").iterator().next());
            dropping.join();
            CompletableFuture<String> next = async(() -> session.query("next").text());
            Eventually.within(SOON, session::toString, () -> {
                System.gc();
                return next.isDone();
            });
            assertThat(next).isCompletedWithValue("next");
        }
    }

    @Test
    void aStreamKeepsItsSession() {
        api.reply(Reply.text("a", "b").pauseAfter(1, never));
        CountDownLatch gate = never;
        StringBuilder text = new StringBuilder();
        open().streamText("letters").forEach(letter -> {
            System.gc();
            text.append(letter);
            gate.countDown();
        });
        assertThat(text).hasToString("ab");
        collect();
    }

    private void dropSession() {
        assertThat(open().pid()).isPositive();
    }

    private void dropStream() {
        assertThat(Claude.streamText("letters", builder().build()).iterator().next())
                .isEqualTo("a");
    }

    private void collect() {
        Eventually.within(SOON, () -> Processes.describe(api), () -> {
            System.gc();
            return Processes.of(api).isEmpty();
        });
    }

    private void assertCloses(ClaudeSession session) {
        Eventually.within(SOON, session::toString, () -> session.health() instanceof Health.Unhealthy);
        Eventually.within(
                SOON, () -> Processes.describe(api), () -> Processes.of(api).isEmpty());
    }

    private static Path log() {
        return Path.of(System.getProperty("org.slf4j.simpleLogger.logFile", "target/test.log"));
    }

    private static long logSize() {
        try {
            return Files.exists(log()) ? Files.size(log()) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String logFrom(long start) {
        try {
            byte[] all = Files.readAllBytes(log());
            return new String(all, (int) start, all.length - (int) start, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
