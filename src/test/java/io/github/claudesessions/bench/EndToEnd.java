package io.github.claudesessions.bench;

import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.scale.Stub;
import io.github.claudesessions.scale.Usage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** All lines of a long turn, from a process that writes them as fast as it can, to the text of each message. */
final class EndToEnd implements AutoCloseable {
    private final int count;
    private final Path lines;
    private final ClaudeSession session;

    EndToEnd(int count) throws IOException {
        this.count = count;
        lines = Files.createTempFile("bench-", ".ndjson");
        byte[] block = Corpus.insideOfTurn(Math.min(count, 10_000));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(lines))) {
            for (int i = 0; i < count; i += 10_000) {
                out.write(block);
            }
        }
        session = ClaudeSession.open(Stub.options("on_prompt() { started; cat \"$LINES_FILE\"; finish done; }")
                .env("LINES_FILE", lines.toString())
                .includePartialMessages(true)
                .build());
    }

    Comparison compare(int rounds) throws Exception {
        return Comparison.best("end to end through stream()", "ms", rounds, this::floor, this::ours);
    }

    /** What a turn leaves on the heap of a session that has had others. */
    Comparison kept() {
        ours();
        long before = Usage.heap();
        ours();
        double kept = (Usage.heap() - before) / (double) count;
        return new Comparison("heap kept for a message after a turn", 0, Math.max(kept, 0), "B");
    }

    private double ours() {
        long start = System.nanoTime();
        try (Stream<Message> turn = session.stream("go")) {
            Comparison.consume(turn.mapToLong(Ours::textLength).sum());
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private double floor() throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", "read go; exec cat \"$0\"", lines.toString())
                .redirectError(Redirect.INHERIT)
                .start();
        Thread.sleep(20); // its start does not count
        try (OutputStream stdin = process.getOutputStream()) {
            long start = System.nanoTime();
            stdin.write('\n');
            stdin.flush();
            Comparison.consume(Floor.tokens(process.getInputStream()));
            return (System.nanoTime() - start) / 1e6;
        } finally {
            process.destroy();
        }
    }

    @Override
    public void close() throws IOException {
        session.close();
        Files.delete(lines);
    }
}
