package io.github.claudesessions.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.message.CommandLifecycle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Lines and byte streams that nobody would write. Whatever they are, decoding ends, throws nothing, and the next valid
 * line arrives. A failure names the seed of its case; {@code -Dfuzz.seed=…} runs that case alone, and
 * {@code -Dfuzz.seconds=…} makes the test look for longer.
 */
@Timeout(60)
class CodecFuzzTest {
    private static final int MAX_LINE_BYTES = 20_000;
    private static final String MARK = "7e57-mark";
    private static final byte[] VALID = ("{\"type\":\"command_lifecycle\",\"command_uuid\":\"" + MARK
                    + "\",\"state\":\"started\"}")
            .getBytes(UTF_8);
    private static final String[] TOKENS = {
        "null", "true", "{}", "[]", "\"\"", "-1", "1e400", "123456789012345678901234567890", "\"\\ud800\"",
                "\"\\u0000\"",
        "[[[[[[[[]]]]]]]]", "{\"type\":\"result\"}", "\uFEFF", "\u2028", "\u0085", "\"type\":", "\"content\":", ",",
                ":", "\\"
    };

    private static List<byte[]> corpus = List.of();

    private final InboundDecoder decoder = new InboundDecoder();

    @BeforeAll
    static void read() throws IOException, URISyntaxException {
        corpus = Stream.concat(
                        RecordedLinesTest.lines().stream(), Lines.all().stream().map(Lines.Line::json))
                .map(line -> line.getBytes(UTF_8))
                .toList();
        assertThat(corpus).hasSizeGreaterThan(80);
    }

    @Test
    void noLineBreaksTheDecoder() {
        run(this::line);
    }

    @Test
    void noStreamHidesTheNextLine() {
        run(this::stream);
    }

    private interface Case {
        void run(SplittableRandom random) throws IOException;
    }

    /** Runs cases for about two seconds, or the one whose seed was given. */
    private static void run(Case fuzz) {
        Long given = Long.getLong("fuzz.seed");
        long first = given != null ? given : new SplittableRandom().nextLong();
        long limit = System.nanoTime() + Long.getLong("fuzz.seconds", 2) * 1_000_000_000L;
        long seed = first;
        do {
            try {
                fuzz.run(new SplittableRandom(seed));
            } catch (Throwable e) {
                throw new AssertionError("failed; run this case again with -Dfuzz.seed=" + seed, e);
            }
            seed++;
        } while (given == null && System.nanoTime() < limit);
        assertThat(seed - first).isPositive();
    }

    private void line(SplittableRandom random) {
        byte[] mutated = mutate(pick(random), random);
        assertThat(decoder.decode(mutated, 0, mutated.length)).isNotNull();
        int off = random.nextInt(mutated.length + 1);
        int len = random.nextInt(mutated.length - off + 1);
        assertThat(decoder.decode(mutated, off, len)).isNotNull();
        assertThat(decoder.oversize(
                        random.nextLong(1, 1L << 40), Arrays.copyOf(mutated, Math.min(1024, mutated.length))))
                .isNotNull();
        assertThat(isMark(decoder.decode(VALID, 0, VALID.length))).isTrue();
    }

    private void stream(SplittableRandom random) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int marks = 0;
        int count = random.nextInt(1, 12);
        for (int i = 0; i < count; i++) {
            bytes.write(mutate(pick(random), random));
            if (random.nextInt(20) == 0) {
                bytes.write(new byte[random.nextInt(3 * MAX_LINE_BYTES)]);
            }
            bytes.write('\n');
            if (random.nextInt(3) == 0 || i == count - 1) {
                bytes.write(VALID);
                bytes.write(random.nextBoolean() ? "\n".getBytes(UTF_8) : "\r\n".getBytes(UTF_8));
                marks++;
            }
        }
        Counter counter = new Counter(decoder);
        LineFramer framer = new LineFramer(MAX_LINE_BYTES);
        InputStream in = inPieces(bytes.toByteArray(), random.split());
        while (framer.readFrom(in, counter)) {
            assertThat(framer.bufferSize()).isLessThanOrEqualTo(2 * MAX_LINE_BYTES);
        }
        framer.finish(counter);
        assertThat(counter.marks).isEqualTo(marks);
        assertThat(framer.pendingBytes()).isZero();
    }

    private static byte[] pick(SplittableRandom random) {
        return corpus.get(random.nextInt(corpus.size()));
    }

    /** One to four changes, of which none is the mark of a valid line. */
    private static byte[] mutate(byte[] line, SplittableRandom random) {
        byte[] now = line;
        for (int i = random.nextInt(4); i >= 0; i--) {
            now = change(now, random);
        }
        return now;
    }

    private static byte[] change(byte[] line, SplittableRandom random) {
        int at = random.nextInt(line.length + 1);
        int length = Math.min(line.length - at, 1 + random.nextInt(20));
        byte[] other = pick(random);
        return switch (random.nextInt(8)) {
            case 0 -> splice(line, at, length, new byte[0]);
            case 1 -> splice(line, at, Math.min(1, length), new byte[] {(byte) random.nextInt(256)});
            case 2 -> splice(line, at, length, TOKENS[random.nextInt(TOKENS.length)].getBytes(UTF_8));
            case 3 -> splice(line, at, 0, Arrays.copyOfRange(line, at, at + length));
            case 4 -> Arrays.copyOf(line, at);
            case 5 ->
                splice(
                        line,
                        at,
                        line.length - at,
                        Arrays.copyOfRange(other, random.nextInt(other.length), other.length));
            case 6 -> valueReplaced(line, at, random);
            default -> splice(line, at, 0, "[".repeat(random.nextInt(6_000)).getBytes(UTF_8));
        };
    }

    /** Puts a token where the next value is, so that the line often stays JSON. */
    private static byte[] valueReplaced(byte[] line, int from, SplittableRandom random) {
        String text = new String(line, UTF_8);
        int colon = text.indexOf(':', Math.min(from, text.length()));
        int end = colon < 0 ? -1 : text.indexOf(',', colon);
        return end < 0
                ? line
                : (text.substring(0, colon + 1) + TOKENS[random.nextInt(TOKENS.length)] + text.substring(end))
                        .getBytes(UTF_8);
    }

    private static byte[] splice(byte[] line, int at, int length, byte[] with) {
        byte[] result = new byte[line.length - length + with.length];
        System.arraycopy(line, 0, result, 0, at);
        System.arraycopy(with, 0, result, at, with.length);
        System.arraycopy(line, at + length, result, at + with.length, line.length - at - length);
        return result;
    }

    private static InputStream inPieces(byte[] bytes, SplittableRandom random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] buf, int off, int len) {
                return super.read(buf, off, Math.min(len, 1 + random.nextInt(random.nextBoolean() ? 7 : 9_000)));
            }
        };
    }

    private static boolean isMark(Inbound inbound) {
        return inbound instanceof Inbound.Delivered delivered
                && delivered.message() instanceof CommandLifecycle step
                && step.commandUuid().equals(MARK);
    }

    private static final class Counter implements LineSink {
        final InboundDecoder decoder;
        final List<Long> oversize = new ArrayList<>();
        int marks;

        Counter(InboundDecoder decoder) {
            this.decoder = decoder;
        }

        @Override
        public void line(byte[] buf, int off, int len) {
            marks += isMark(decoder.decode(buf, off, len)) ? 1 : 0;
        }

        @Override
        public void oversize(long bytes, byte[] head) {
            assertThat(bytes).isGreaterThan(MAX_LINE_BYTES);
            assertThat(decoder.oversize(bytes, head)).isNotNull();
            oversize.add(bytes);
        }
    }
}
