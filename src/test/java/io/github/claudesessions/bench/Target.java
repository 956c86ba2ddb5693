package io.github.claudesessions.bench;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each figure may be at most. The guard allows 30 % more than the target; a figure that misses its target is held
 * to what it has reached instead, and the guard says so.
 */
enum Target {
    DECODE("decode, a line", 1.0, "1.0"),
    DECODE_MEMORY("decode, memory allocated for a line", 1.26, "1,000 B"),
    STREAM("end to end through stream()", 1.1, "1.1"),
    LATENCY_P50("latency of a delta, p50", 1.8, "1.8 or 20 µs"),
    LATENCY_P99("latency of a delta, p99", 1.6, "1.6", 1.71, "a second thread has to be woken: see benchmarks.md"),
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
    private final double reached;
    private final @Nullable String why;

    Target(String figure, double ratio, String shown) {
        this(figure, ratio, shown, Measure.RATIO);
    }

    Target(String figure, double most, String shown, Measure measure) {
        this(figure, most, shown, measure, most, null);
    }

    /** One that is missed: the ratio that was reached, and why it is not less. */
    Target(String figure, double ratio, String shown, double reached, String why) {
        this(figure, ratio, shown, Measure.RATIO, reached, why);
    }

    Target(String figure, double most, String shown, Measure measure, double reached, @Nullable String why) {
        this.figure = figure;
        this.most = most;
        this.shown = shown;
        this.measure = measure;
        this.reached = reached;
        this.why = why;
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

    /** Whether {@code found} is so much over the target, or over what was reached, that the guard fails. */
    boolean fails(Comparison found) {
        return measure.of(found) > limit();
    }

    Comparison better(Comparison one, Comparison other) {
        return measure.of(one) < measure.of(other) ? one : other;
    }

    private double limit() {
        return 1.3 * reached;
    }

    /** What the guard allows, and why that is more than the target, if it is. */
    @Override
    public String toString() {
        String base = why == null ? "" : ", taken from %.2f, which was reached: %s".formatted(reached, why);
        return "target %s (%.2f), limit %.2f%s".formatted(shown, most, limit(), base);
    }
}
