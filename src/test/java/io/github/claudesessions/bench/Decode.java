package io.github.claudesessions.bench;

import java.io.ByteArrayInputStream;

/** Lines to typed messages whose text is read; every line is kept. */
final class Decode {
    private final byte[] corpus;
    private final int lines;

    Decode(int lines) {
        this.corpus = Corpus.lines(lines);
        this.lines = Corpus.count(corpus);
    }

    /** The time of a processor, and the memory that is allocated. */
    Comparison[] compare(int rounds) throws Exception {
        return new Comparison[] {
            Comparison.best(
                    "decode, a line",
                    "ns",
                    rounds,
                    Comparison.cpuNanosEach(lines, this::floor),
                    Comparison.cpuNanosEach(lines, this::ours)),
            Comparison.best(
                    "decode, memory allocated for a line",
                    "B",
                    2,
                    Comparison.bytesEach(lines, this::floor),
                    Comparison.bytesEach(lines, this::ours))
        };
    }

    long floor() {
        return Floor.tokens(new ByteArrayInputStream(corpus));
    }

    long ours() {
        return Ours.texts(new ByteArrayInputStream(corpus));
    }
}
