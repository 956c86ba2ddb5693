package io.github.claudesessions.bench;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.scale.Usage;
import io.github.claudesessions.testing.FakeClaude;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One supervisor with more and more sessions that share twenty processes, so that nearly all have given theirs up. What
 * stands in for a process is in memory and forgotten at its end, so that the figures are the library's.
 *
 * @param adding milliseconds to start them all, eight at a time
 * @param waking milliseconds for 100 turns, one after the other, of sessions that have no process
 * @param heap KB of heap of all
 */
record Supervised(double adding, double waking, double heap) {
    private static final int PROCESSES = 20;
    private static final int TURNS = 100;
    private static final ClaudeOptions OPTIONS = ClaudeOptions.builder()
            .transport(launch -> FakeClaude.create().start(launch))
            .build();

    static Supervised with(int count) {
        long before = Usage.heap();
        try (SessionSupervisor supervisor =
                        SessionSupervisor.builder().maxLive(PROCESSES).open();
                ExecutorService eight = Executors.newFixedThreadPool(8)) {
            double adding = Growth.all(eight, count, i -> supervisor.start("user-" + i, OPTIONS));
            double heap = (Usage.heap() - before) / 1e3;
            long start = System.nanoTime();
            for (int i = 0; i < TURNS; i++) {
                supervisor.query("user-" + i % count, "go");
            }
            return new Supervised(adding, (System.nanoTime() - start) / 1e6, Math.max(heap, 1));
        }
    }
}
