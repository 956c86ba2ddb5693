package io.github.claudesessions.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How and when a scripted reply is sent. {@code dropAfter} -1 means before the first byte. */
record Settings(
        Duration beforeFirstByte,
        Duration betweenDeltas,
        Map<Integer, List<Gate>> gates,
        int dropAfter,
        @Nullable String stopReason,
        @Nullable String model,
        long inputTokens,
        long outputTokens) {

    /** Blocks until the test lets the reply go on. */
    interface Gate {
        void await() throws InterruptedException;
    }

    Settings delays(Duration first, Duration between) {
        return new Settings(first, between, gates, dropAfter, stopReason, model, inputTokens, outputTokens);
    }

    Settings gate(int deltas, Gate gate) {
        Map<Integer, List<Gate>> all = new TreeMap<>(gates);
        all.merge(
                deltas,
                List.of(gate),
                (a, b) -> Stream.concat(a.stream(), b.stream()).toList());
        return new Settings(
                beforeFirstByte,
                betweenDeltas,
                Map.copyOf(all),
                dropAfter,
                stopReason,
                model,
                inputTokens,
                outputTokens);
    }

    Settings dropAfter(int deltas) {
        return new Settings(
                beforeFirstByte, betweenDeltas, gates, deltas, stopReason, model, inputTokens, outputTokens);
    }

    Settings stopReason(String reason) {
        return new Settings(beforeFirstByte, betweenDeltas, gates, dropAfter, reason, model, inputTokens, outputTokens);
    }

    Settings model(String name) {
        return new Settings(
                beforeFirstByte, betweenDeltas, gates, dropAfter, stopReason, name, inputTokens, outputTokens);
    }

    Settings usage(long input, long output) {
        return new Settings(beforeFirstByte, betweenDeltas, gates, dropAfter, stopReason, model, input, output);
    }

    void awaitGates(int deltasSent) throws InterruptedException {
        for (Gate gate : gates.getOrDefault(deltasSent, List.of())) {
            gate.await();
        }
    }
}
