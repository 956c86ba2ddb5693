package io.github.claudesessions;

import io.github.claudesessions.bench.Corpus;
import io.github.claudesessions.bench.Floor;
import io.github.claudesessions.bench.Ours;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the parts cost that every session runs, for the whole corpus of 200,000 lines or for one command line. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class CodecBenchmark {
    private final byte[] corpus = Corpus.lines(200_000);
    private final ClaudeOptions options = ClaudeOptions.builder()
            .model("opus")
            .systemPrompt("be brief")
            .allowedTools("Read", "Bash(git log *)")
            .maxTurns(3)
            .addDir(Path.of("src"))
            .build();
    private final Host host = new Host(System.getenv(), false, false);

    @Benchmark
    public long decodeFloor() {
        return Floor.tokens(new ByteArrayInputStream(corpus));
    }

    @Benchmark
    public long decode() {
        return Ours.texts(new ByteArrayInputStream(corpus));
    }

    @Benchmark
    public long frameFloor() {
        return Floor.bytes(new ByteArrayInputStream(corpus));
    }

    @Benchmark
    public long frame() {
        return Ours.bytes(new ByteArrayInputStream(corpus));
    }

    @Benchmark
    public Object commandLine() {
        return CommandLine.of(options, "11111111-2222-4333-8444-555555555555", host);
    }
}
