package io.github.claudesessions.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.SessionSupervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many named sessions that share few processes, most of the turns going to a few of them. */
@Tag("linux")
@Timeout(120)
class SoakTest {
    /** The JVM's own: compilers, collectors and carriers come and go. */
    private static final int JVM_THREADS = 12;

    /** A session that is asleep keeps its id, its cost and its changes: about 3 KiB with its options and its handle. */
    private static final long HEAP_OF_A_SESSION = 8 << 10;

    private static final long HEAP_OF_THE_REST = 8 << 20;

    /** Each process counts, when it begins, how many children its parent has, and adds the number to a file. */
    private static final String COUNTS = "on_start() { n=0; for list in /proc/$PPID/task/*/children; do"
            + " { read -r pids < \"$list\"; } 2>&- || :; set -- $pids; n=$((n + $#)); pids=; done; line $n >> \"$COUNTS\"; }";

    @TempDir
    Path folder;

    @Test
    void threeHundredSessions() {
        soak(300, 8, 400);
    }

    @Test
    @Tag("long")
    @Timeout(1800)
    void tenThousandSessions() {
        soak(10_000, 50, 20_000);
    }

    /** In the first half there are fewer callers at a time than processes, then three times as many. */
    private void soak(int sessions, int maxLive, int turns) {
        Path counts = folder.resolve("counts");
        ClaudeOptions options =
                Stub.options(COUNTS).env("COUNTS", counts.toString()).build();
        long threads = Usage.threadsWithoutReapers();
        long heap = Usage.heap();
        int[] order = zipf(sessions, turns);
        AtomicLong longest = new AtomicLong();
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .maxLive(maxLive)
                .waitTimeout(Duration.ofMinutes(2))
                .open()) {
            for (int i = 0; i < sessions; i++) {
                supervisor.perUser("user " + i, options);
            }
            long asleep = Usage.heap() - heap;
            long start = System.nanoTime();
            int half = turns / 2;
            ask(supervisor, maxLive * 3 / 4, Arrays.copyOf(order, half), longest);
            long atHalf = Usage.heap() - heap;
            ask(supervisor, maxLive * 3, Arrays.copyOfRange(order, half, turns), longest);
            long took = System.nanoTime() - start;
            long atEnd = Usage.heap() - heap;
            System.out.printf(
                    "%d turns of %d sessions on at most %d processes: %d s, %d starts, %d at a time, longest wait %d ms,"
                            + " heap %d KiB with the sessions, %d at half, %d at the end%n",
                    turns,
                    sessions,
                    maxLive,
                    Duration.ofNanos(took).toSeconds(),
                    numbers(counts).size(),
                    Collections.max(numbers(counts)),
                    longest.get(),
                    asleep / 1024,
                    atHalf / 1024,
                    atEnd / 1024);
            assertThat(supervisor.count()).isEqualTo(sessions);
            assertThat(supervisor.processes()).isLessThanOrEqualTo(maxLive);
            assertThat(atEnd).isLessThan(HEAP_OF_THE_REST + sessions * HEAP_OF_A_SESSION);
            assertThat(atEnd - atHalf).isLessThan(HEAP_OF_THE_REST + sessions * HEAP_OF_A_SESSION / 4);
        }
        assertThat(numbers(counts)).hasSizeGreaterThan(maxLive).allMatch(count -> count >= 1 && count <= maxLive);
        assertThat(longest).hasValueLessThan(Duration.ofSeconds(30).toMillis());
        nothingIsLeft(threads, heap);
    }

    /** Each turn is answered; nobody may wait much longer than the others. */
    private static void ask(SessionSupervisor supervisor, int callers, int[] order, AtomicLong longest) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        Host.parallel(callers, () -> {
            for (int i = next.getAndIncrement(); i < order.length; i = next.getAndIncrement()) {
                String name = "user " + order[i];
                Duration waited = Usage.time(() -> {
                    if (supervisor.query(name, "go").text().equals("hello")) {
                        answered.incrementAndGet();
                    }
                });
                longest.accumulateAndGet(waited.toMillis(), Math::max);
            }
        });
        assertThat(answered).hasValue(order.length);
    }

    private static void nothingIsLeft(long threads, long heap) {
        assertThat(ProcessHandle.current().children()).isEmpty();
        assertThat(Usage.becomes(Duration.ofSeconds(20), () -> Usage.threadsWithoutReapers() <= threads + JVM_THREADS))
                .as("threads are %s, were %s", Usage.threadsWithoutReapers(), threads)
                .isTrue();
        assertThat(Usage.heap() - heap).as("heap that is left").isLessThan(HEAP_OF_THE_REST);
    }

    private static List<Integer> numbers(Path file) {
        try {
            return Files.readAllLines(file).stream().map(Integer::valueOf).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who has the next turn: the k-th session as often as 1/k says, but always the same. */
    private static int[] zipf(int sessions, int turns) {
        double[] sums = new double[sessions];
        double sum = 0;
        for (int k = 0; k < sessions; k++) {
            sum += 1.0 / (k + 1);
            sums[k] = sum;
        }
        Random random = new Random(42);
        double total = sum;
        return random.doubles(turns)
                .mapToInt(value -> {
                    int at = Arrays.binarySearch(sums, value * total);
                    return Math.min(sessions - 1, at < 0 ? -at - 1 : at);
                })
                .toArray();
    }
}
