package io.github.claudesessions.bench;

import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Two ways to do the same, in turns within one run: other work on the machine then hits both, and the best round of
 * each has met the least of it.
 */
record Comparison(String name, double floor, double ours, String unit) {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final AtomicLong SINK = new AtomicLong();

    double ratio() {
        return ours / floor;
    }

    /** A row of a table: floor, ours, ratio and target. */
    String row() {
        String target = Target.of(this).shown();
        return floor == 0
                ? "| %s | – | %.1f %s | – | %s |".formatted(name, ours, unit, target)
                : "| %s | %.1f %s | %.1f %s | %.2f | %s |".formatted(name, floor, unit, ours, unit, ratio(), target);
    }

    @Override
    public String toString() {
        return floor == 0
                ? "%s: %.1f %s".formatted(name, ours, unit)
                : "%s: floor %.1f %s, ours %.1f %s, %.2f x".formatted(name, floor, unit, ours, unit, ratio());
    }

    /** Compares what {@code floor} and {@code ours} return, the best of {@code rounds} each. */
    static Comparison best(String name, String unit, int rounds, Figure floor, Figure ours) throws Exception {
        double bestFloor = Double.MAX_VALUE;
        double bestOurs = Double.MAX_VALUE;
        for (int i = 0; i < rounds; i++) {
            bestFloor = Math.min(bestFloor, floor.measure());
            bestOurs = Math.min(bestOurs, ours.measure());
        }
        return new Comparison(name, bestFloor, bestOurs, unit);
    }

    /** The time of a processor that {@code work} takes, for each of {@code count}; other threads do not count. */
    static Figure cpuNanosEach(int count, LongSupplier work) {
        return () -> {
            long start = THREADS.getCurrentThreadCpuTime();
            consume(work.getAsLong());
            return (THREADS.getCurrentThreadCpuTime() - start) / (double) count;
        };
    }

    static Figure cpuMicrosEach(int count, LongSupplier work) {
        Figure nanos = cpuNanosEach(count, work);
        return () -> nanos.measure() / 1e3;
    }

    /** The bytes that {@code work} allocates on this thread, for each of {@code count}. */
    static Figure bytesEach(int count, LongSupplier work) {
        return () -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            consume(work.getAsLong());
            return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) count;
        };
    }

    /** Keeps {@code value}, so that what it was made from can't be left out. */
    static void consume(long value) {
        SINK.setOpaque(value);
    }

    /** Something that is measured; less is better. */
    @FunctionalInterface
    interface Figure {
        double measure() throws Exception;
    }
}
