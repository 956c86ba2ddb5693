package io.github.claudesessions.bench;

import java.io.ByteArrayInputStream;

public final class Bench {
    private Bench() {}

    public static void main(String[] args) throws Exception {
        byte[] corpus = Corpus.lines(Integer.getInteger("n", 20_000));
        int lines = 0;
        for (byte b : corpus) {
            lines += b == '\n' ? 1 : 0;
        }
        System.out.println(lines + " lines, " + corpus.length / 1e6 + " MB");
        System.out.println(Comparison.best(
                "decode",
                "ms",
                Integer.getInteger("r", 60),
                Comparison.cpuMillis(() -> Floor.tokens(new ByteArrayInputStream(corpus))),
                Comparison.cpuMillis(() -> Ours.texts(new ByteArrayInputStream(corpus)))));
        System.out.println(Comparison.best(
                "allocated",
                "B",
                2,
                Comparison.bytesEach(lines, () -> Floor.tokens(new ByteArrayInputStream(corpus))),
                Comparison.bytesEach(lines, () -> Ours.texts(new ByteArrayInputStream(corpus)))));
    }
}
