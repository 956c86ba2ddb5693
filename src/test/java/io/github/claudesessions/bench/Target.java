package io.github.claudesessions.bench;

import java.util.stream.Stream;

/** What each figure should be at most. The guard allows 30 % more. */
enum Target {
    DECODE("decode, a line", 1.0, "1.0"),
    DECODE_MEMORY("decode, memory allocated for a line", 1.26, "1,000 B"),
    STREAM("end to end through stream()", 1.1, "1.1"),
    LATENCY_P50("latency of a delta, p50", 1.8, "1.8 or 20 µs"),
    LATENCY_P99("latency of a delta, p99", 1.6, "1.6"),
    KEPT("heap kept for a message after a turn", 1, "0 B", Measure.OURS),
    THREADS("threads of an idle session", 1.0, "2"),
    HEAP("heap of an idle session", 0.55, "45 KB"),
    RESIDENT("resident memory of an idle session", 0.94, "200 KB"),
    HOST("100 virtual threads that sleep 10 ms, beside idle sessions", 2.0, "2.0"),
    LOAD("p99 of a turn, 50 of 1,000 sessions at work", 5, "5 ms more", Measure.DIFFERENCE),
    STEADY("heap of these sessions, after thousands of turns", 1.0, "1.0"),
    QUERY("one-shot query on the real CLI", 0.97, "0.97"),
    SPARE("one-shot query on a spare process", 0.3, "0.3");

    /** What of a comparison the target is about. */
    private enum Measure {
        RATIO,
        OURS,
        DIFFERENCE;

        double of(Comparison found) {
            return switch (this) {
                case RATIO -> found.ratio();
                case OURS -> found.ours();
                case DIFFERENCE -> found.ours() - found.floor();
            };
        }
    }

    private final String figure;
    private final double most;
    private final String shown;
    private final Measure measure;

    Target(String figure, double ratio, String shown) {
        this(figure, ratio, shown, Measure.RATIO);
    }

    Target(String figure, double most, String shown, Measure measure) {
        this.figure = figure;
        this.most = most;
        this.shown = shown;
        this.measure = measure;
    }

    static Target of(Comparison comparison) {
        return Stream.of(values())
                .filter(target -> target.figure.equals(comparison.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no target for " + comparison.name()));
    }

    /** As the page of results shows it. */
    String shown() {
        return shown;
    }

    /** Whether {@code found} is so much over the target that the guard fails. */
    boolean fails(Comparison found) {
        return measure.of(found) > limit();
    }

    Comparison better(Comparison one, Comparison other) {
        return measure.of(one) < measure.of(other) ? one : other;
    }

    private double limit() {
        return 1.3 * most;
    }

    /** The target, and what the guard allows. */
    @Override
    public String toString() {
        return "target %s (%.2f), limit %.2f".formatted(shown, most, limit());
    }
}
