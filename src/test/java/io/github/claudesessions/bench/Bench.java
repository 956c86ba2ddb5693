package io.github.claudesessions.bench;

import com.fasterxml.jackson.core.json.PackageVersion;
import io.github.claudesessions.cli.ClaudeCli;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures the library beside what a loop written by hand costs ({@link Floor}), both in turns in one run, and prints
 * the figures, at last as the table of {@code benchmarks.md}. The argument says what: {@code decode}, {@code stream},
 * {@code latency}, {@code idle}, {@code load}, {@code query}, {@code growth}, {@code supervised}
 * (the last part of growth), {@code resources}, {@code all} of these but the last three, or {@code smoke}, a short form
 * that fails when a figure is more than 30 % over its {@link Target}.
 */
public final class Bench {
    private static final int ATTEMPTS = 4;
    private static final Path CHARTS = Path.of("src", "site", "resources", "benchmarks");

    private final List<Comparison> found = new ArrayList<>();

    private Bench() {}

    public static void main(String[] args) throws Exception {
        String what = args.length == 0 ? "all" : args[0];
        String machine = "%s, %s %s, %d processors, Java %s, Jackson %s, CLI %s"
                .formatted(
                        LocalDate.now(ZoneId.systemDefault()),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version(),
                        PackageVersion.VERSION,
                        ClaudeCli.PINNED_VERSION);
        System.out.println(what + ": " + machine);
        switch (what) {
            case "growth" -> new Growth(CHARTS).run();
            case "supervised" -> new Growth(CHARTS).supervised();
            case "resources" -> Resources.run();
            case "smoke" -> smoke();
            default -> new Bench().measure(what, machine);
        }
    }

    private void measure(String what, String machine) throws Exception {
        switch (what) {
            case "decode" -> decode();
            case "stream" -> stream();
            case "latency" -> latency();
            case "idle" -> idle();
            case "load" -> load();
            case "query" -> query();
            case "all" -> {
                decode();
                stream();
                latency();
                idle();
                load();
                query();
            }
            default -> throw new IllegalArgumentException("there is no benchmark called " + what);
        }
        System.out.printf("%nFor benchmarks.md (%s):%n%n| | floor | ours | ratio | target |%n", machine);
        System.out.println("| --- | --- | --- | --- | --- |");
        found.forEach(comparison -> System.out.println(comparison.row()));
    }

    private void decode() throws Exception {
        print(new Decode(200_000).compare(20));
    }

    private void stream() throws Exception {
        try (EndToEnd turn = new EndToEnd(200_000)) {
            print(turn.compare(20), turn.kept());
        }
    }

    private void latency() throws Exception {
        print(new Latency(8_000).compare(4));
    }

    private void idle() throws Exception {
        print(Idle.compare(1_000));
    }

    private void load() throws Exception {
        try (Load load = new Load(1_000)) {
            print(load.compare(3, 3_000));
        }
    }

    private void query() throws Exception {
        try (Query query = new Query()) {
            print(query.compare(12), query.compareWarm(12));
        }
    }

    private void print(Comparison... comparisons) {
        for (Comparison comparison : comparisons) {
            System.out.println(comparison);
            found.add(comparison);
        }
    }

    // ---- smoke

    /** What is measured again until it is good, or has been bad often enough. */
    @FunctionalInterface
    private interface Attempt {
        Comparison[] run() throws Exception;
    }

    private static void smoke() throws Exception {
        List<Comparison> bad = new ArrayList<>();
        Decode decode = new Decode(20_000);
        check(bad, () -> decode.compare(40));
        try (EndToEnd turn = new EndToEnd(100_000)) {
            check(bad, () -> new Comparison[] {turn.compare(8), turn.kept()});
        }
        check(bad, () -> new Latency(2_000).compare(2));
        check(bad, () -> Idle.compare(200));
        try (Query query = new Query()) {
            check(bad, () -> new Comparison[] {query.compare(4), query.compareWarm(4)});
        }
        if (!bad.isEmpty()) {
            System.out.println("Over the target by more than is tolerated:");
            bad.forEach(System.out::println);
            System.exit(1);
        }
    }

    private static void check(List<Comparison> bad, Attempt attempt) throws Exception {
        Comparison[] best = attempt.run();
        for (int i = 1; i < ATTEMPTS && !failing(best).isEmpty(); i++) {
            Comparison[] again = attempt.run();
            for (int j = 0; j < best.length; j++) {
                best[j] = Target.of(best[j]).better(again[j], best[j]);
            }
        }
        for (Comparison comparison : best) {
            System.out.printf("%s; %s%n", comparison, Target.of(comparison));
        }
        bad.addAll(failing(best));
    }

    private static List<Comparison> failing(Comparison... found) {
        return Stream.of(found)
                .filter(comparison -> Target.of(comparison).fails(comparison))
                .toList();
    }
}
