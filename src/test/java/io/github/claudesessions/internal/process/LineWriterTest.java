package io.github.claudesessions.internal.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LineWriterTest {
    private static byte[] line(String text) {
        return (text + "\n").getBytes(UTF_8);
    }

    @Test
    void writesInTheOrderOfTheCalls() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineWriter writer = new LineWriter(out, Threads.writers());
        List<CompletableFuture<Void>> written = IntStream.range(0, 100)
                .mapToObj(i -> writer.write(line("l" + i)))
                .toList();
        written.forEach(CompletableFuture::join);
        assertThat(out.toString(UTF_8).lines())
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(i -> "l" + i).toList());
    }

    @Test
    void linesOfManyWritersNeverMix() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LineWriter writer = new LineWriter(byteByByte(out), Threads.writers());
        List<Thread> threads = IntStream.range(0, 50)
                .mapToObj(t -> Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 20; i++) {
                        writer.write(line(t + ":" + i + ":" + "x".repeat(200))).join();
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        Map<String, List<Integer>> numbers = out.toString(UTF_8)
                .lines()
                .map(text -> text.split(":"))
                .peek(parts -> assertThat(parts[2]).isEqualTo("x".repeat(200)))
                .collect(Collectors.groupingBy(
                        parts -> parts[0],
                        Collectors.mapping(parts -> Integer.valueOf(parts[1]), Collectors.toList())));
        assertThat(numbers).hasSize(50);
        assertThat(numbers.values())
                .allSatisfy(of -> assertThat(of)
                        .containsExactlyElementsOf(
                                IntStream.range(0, 20).boxed().toList()));
    }

    @Test
    void blockedPipeBlocksNoCaller() {
        Gate gate = new Gate();
        LineWriter writer = new LineWriter(gate, Threads.writers());
        CompletableFuture<Void> first = writer.write(line("one"));
        CompletableFuture<Void> second = writer.write(line("two"));
        writer.close();
        assertThat(first).isNotDone();
        assertThat(second).isNotDone();
        gate.open.countDown();
        first.join();
        second.join();
        gate.closed.join();
        assertThat(gate.bytes.toString(UTF_8)).isEqualTo("one\ntwo\n");
    }

    @Test
    void failureFailsAllThatIsQueuedAndAllThatComes() {
        CountDownLatch open = new CountDownLatch(1);
        LineWriter writer = new LineWriter(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        await(open);
                        throw new IOException("Broken pipe");
                    }
                },
                Threads.writers());
        List<CompletableFuture<Void>> queued = new ArrayList<>();
        for (String text : List.of("a", "b", "c")) {
            queued.add(writer.write(line(text)));
        }
        open.countDown();
        assertThat(queued).allSatisfy(future -> assertThatThrownBy(future::join).hasMessageContaining("Broken pipe"));
        assertThatThrownBy(() -> writer.write(line("late")).join()).hasMessageContaining("Broken pipe");
    }

    @Test
    void unexpectedFailureOfTheStreamFailsTheLinesToo() {
        LineWriter writer = new LineWriter(
                new OutputStream() {
                    @Override
                    public void write(int b) {
                        throw new IllegalStateException("a bug");
                    }
                },
                Threads.writers());
        assertThatThrownBy(() -> writer.write(line("a")).join()).hasRootCauseMessage("a bug");
        assertThatThrownBy(() -> writer.write(line("b")).join()).hasRootCauseMessage("a bug");
    }

    @Test
    void nothingFollowsTheClose() {
        Gate gate = new Gate();
        gate.open.countDown();
        LineWriter writer = new LineWriter(gate, Threads.writers());
        writer.close();
        writer.close();
        gate.closed.join();
        assertThatThrownBy(() -> writer.write(line("late")).join()).hasMessageContaining("closed");
        assertThat(gate.bytes.size()).isZero();
    }

    private static OutputStream byteByByte(ByteArrayOutputStream out) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                out.write(b);
            }
        };
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** A pipe that takes nothing until it is opened. */
    private static final class Gate extends OutputStream {
        final CountDownLatch open = new CountDownLatch(1);
        final CompletableFuture<Void> closed = new CompletableFuture<>();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            await(open);
            bytes.writeBytes(Arrays.copyOfRange(source, offset, offset + length));
        }

        @Override
        public void close() {
            closed.complete(null);
        }
    }
}
