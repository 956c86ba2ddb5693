package io.github.claudesessions.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.message.AssistantMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.message.TextBlock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader that is slower than the CLI. */
@Tag("unix")
@Timeout(90)
class BackPressureTest {
    /** Numbered messages of a kilobyte each, written beside the loop that answers control requests. */
    private static final String FLOOD = """
            on_prompt() {
              (
                padding=$(printf '%01000d' 0)
                started
                i=0
                while [ $i -lt $COUNT ]; do
                  assistant "$i $padding"
                  i=$((i + 1))
                done
                : > "$WRITTEN"
                finish done
              ) &
            }
            """;

    @TempDir
    Path folder;

    @Test
    void pauseInMidStream() throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Duration> answers = new ArrayList<>();
        CountDownLatch paused = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(8);
        try (ClaudeSession session = open(20_000)) {
            Thread asking = Thread.ofPlatform().start(() -> {
                join(paused);
                for (int i = 0; i < 8; i++) {
                    answers.add(Usage.time(() -> session.control("get_context_usage", Map.of())));
                    answered.countDown();
                    Host.sleep(1_000);
                }
            });
            try (Stream<Message> turn = session.stream("go")) {
                turn.filter(AssistantMessage.class::isInstance).forEach(message -> {
                    assertThat(number(message)).isEqualTo(next.getAndIncrement());
                    if (next.get() == 5_000) {
                        paused.countDown();
                        Host.sleep(12_000);
                        join(answered);
                    }
                });
            }
            asking.join();
        }
        System.out.println("control answers while the reader paused: " + answers);
        assertThat(next).hasValue(20_000);
        assertThat(answers).hasSize(8).allSatisfy(answer -> assertThat(answer).isLessThan(Duration.ofSeconds(5)));
    }

    @Test
    void floodIsHeldBackInThePipe() {
        long heap = Usage.heap();
        AtomicInteger count = new AtomicInteger();
        AtomicLong held = new AtomicLong();
        try (ClaudeSession session = open(60_000);
                Stream<Message> turn = session.stream("go")) {
            turn.filter(AssistantMessage.class::isInstance).forEach(message -> {
                assertThat(number(message)).isEqualTo(count.getAndIncrement());
                if (count.get() == 1) {
                    assertThat(Usage.becomes(Duration.ofSeconds(20), () -> pumpWaits(session)))
                            .as("the pump waits")
                            .isTrue();
                    assertThat(written()).doesNotExist();
                    held.set(Usage.heap() - heap);
                }
            });
        }
        System.out.printf("held for a slow reader: %d KiB of heap%n", held.get() / 1024);
        assertThat(held.get()).isLessThan(40L << 20);
        assertThat(count).hasValue(60_000);
        assertThat(written()).exists();
    }

    @Test
    void slowListenerHoldsTheSessionAndLosesNothing() {
        AtomicInteger seen = new AtomicInteger();
        AtomicInteger disorder = new AtomicInteger();
        CountDownLatch goOn = new CountDownLatch(1);
        try (ClaudeSession session = open(20_000)) {
            session.onMessage(message -> {
                if (message instanceof AssistantMessage) {
                    join(goOn);
                    if (number(message) != seen.getAndIncrement()) {
                        disorder.incrementAndGet();
                    }
                }
            });
            Thread asking = Thread.startVirtualThread(() -> session.query("go"));
            assertThat(Usage.becomes(Duration.ofSeconds(20), () -> pumpWaits(session)))
                    .isTrue();
            assertThat(written()).doesNotExist();
            goOn.countDown();
            Host.join(asking);
            assertThat(Usage.becomes(Duration.ofSeconds(20), () -> seen.get() == 20_000))
                    .as("the listener saw %s", seen)
                    .isTrue();
        }
        assertThat(disorder).hasValue(0);
    }

    @Test
    void closeWhileTheReaderHoldsThePump() {
        try (ClaudeSession session = open(20_000);
                Stream<Message> turn = session.stream("go")) {
            assertThat(turn.findFirst()).isPresent();
            assertThat(Usage.becomes(Duration.ofSeconds(20), () -> pumpWaits(session) || Files.exists(written())))
                    .isTrue();
            assertThat(Usage.time(session::close)).isLessThan(Duration.ofSeconds(8));
        }
        assertThat(Usage.becomes(Duration.ofSeconds(5), () -> Usage.threads("claude-sessions-pump") == 0))
                .isTrue();
    }

    @Test
    void processDiesWhileTheReaderPauses() {
        // what it wrote before its death is delivered first
        String dies = FLOOD.replace("finish done", "kill -9 $$");
        AtomicInteger count = new AtomicInteger();
        try (ClaudeSession session = open(dies, 20_000);
                Stream<Message> turn = session.stream("go")) {
            assertThat(catchThrowable(() -> turn.filter(AssistantMessage.class::isInstance)
                            .forEach(message -> {
                                if (count.incrementAndGet() == 1) {
                                    assertThat(Usage.becomes(Duration.ofSeconds(20), () -> pumpWaits(session)))
                                            .isTrue();
                                }
                            })))
                    .isInstanceOf(ProcessExitedException.class);
        }
        assertThat(count).hasValue(20_000);
    }

    @Test
    void resultAfterTheFlood() {
        try (ClaudeSession session = open(2_000)) {
            ResultMessage result = session.query("go");
            assertThat(result.text()).isEqualTo("done");
            assertThat(session.query("again").text()).isEqualTo("done");
        }
    }

    private ClaudeSession open(int count) {
        return open(FLOOD, count);
    }

    private ClaudeSession open(String behaviour, int count) {
        return ClaudeSession.open(Stub.options(behaviour)
                .env("COUNT", Integer.toString(count))
                .env("WRITTEN", written().toString())
                .build());
    }

    private Path written() {
        return folder.resolve("written");
    }

    private static boolean pumpWaits(ClaudeSession session) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().equals("claude-sessions-pump-" + session.pid()))
                .anyMatch(thread -> thread.getKey().getState() == Thread.State.WAITING);
    }

    private static int number(Message message) {
        String text = ((TextBlock) ((AssistantMessage) message).content().getFirst()).text();
        return Integer.parseInt(text.substring(0, text.indexOf(' ')));
    }

    private static void join(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
