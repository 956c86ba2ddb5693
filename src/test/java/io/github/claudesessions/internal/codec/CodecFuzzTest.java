package io.github.claudesessions.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.message.CommandLifecycle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Lines and byte streams that nobody would write. Whatever they are, decoding ends, throws nothing, and the next valid
 * line arrives. A failure, also that a case does not end, names the seed of its case; {@code -Dfuzz.seed=…} runs that
 * case alone, and {@code -Dfuzz.seconds=…} makes the test look for longer.
 */
@Timeout(60)
class CodecFuzzTest {
    private static final int MAX_LINE_BYTES = 20_000;
    /** Cases take milliseconds. */
    private static final Duration HANGS = Duration.ofSeconds(20);

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
        corpus = Stream.concat(Lines.recorded().stream(), Lines.all().stream())
                .map(line -> line.json().getBytes(UTF_8))
                .toList();
        assertThat(corpus).hasSizeGreaterThan(80);
    }

    @Test
    void noLineBreaksTheDecoder() {
        run(this::line);
    }

    @Test
    void noLineInAStreamHidesTheNextLine() {
        run(this::lines);
    }

    @Test
    void noStreamHidesTheNextLine() {
        run(this::stream);
    }

    @Test
    void aCaseThatDoesNotEndIsNamed() {
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() -> run(random -> never.await(), Duration.ofMillis(100)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dfuzz.seed=");
        never.countDown();
    }

    private interface Case {
        void run(SplittableRandom random) throws Exception;
    }

    /** Runs cases for about two seconds, or the one whose seed was given. */
    private static void run(Case fuzz) {
        run(fuzz, HANGS);
    }

    private static void run(Case fuzz, Duration hangs) {
        Long given = Long.getLong("fuzz.seed");
        long first = given != null ? given : new SplittableRandom().nextLong();
        long limit = System.nanoTime() + Long.getLong("fuzz.seconds", 1) * 1_000_000_000L;
        AtomicLong seed = new AtomicLong(first);
        CompletableFuture<Void> over = new CompletableFuture<>();
        Thread cases = Thread.ofPlatform().daemon().name("fuzz").start(() -> {
            try {
                do {
                    fuzz.run(new SplittableRandom(seed.get()));
                    seed.incrementAndGet();
                } while (given == null && System.nanoTime() < limit);
                over.complete(null);
            } catch (Throwable e) {
                over.completeExceptionally(e);
            }
        });
        long watched = seed.get();
        while (!ended(over, seed, hangs)) {
            if (seed.get() == watched) {
                AssertionError hanging =
                        new AssertionError("does not end; run this case again with -Dfuzz.seed=" + watched);
                hanging.setStackTrace(cases.getStackTrace());
                throw hanging;
            }
            watched = seed.get();
        }
        assertThat(seed.get() - first).isPositive();
    }

    /** Waits; a case that failed is named. */
    private static boolean ended(CompletableFuture<Void> over, AtomicLong seed, Duration limit) {
        try {
            over.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted in the case -Dfuzz.seed=" + seed, e);
        } catch (ExecutionException e) {
            throw new AssertionError("failed; run this case again with -Dfuzz.seed=" + seed, e.getCause());
        }
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

    private void lines(SplittableRandom random) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int marks = random.nextInt(1, 6);
        for (int i = 0; i < marks; i++) {
            for (int garbage = random.nextInt(1, 4); garbage > 0; garbage--) {
                bytes.write(mutate(pick(random), random));
                if (random.nextInt(20) == 0) {
                    bytes.write(new byte[random.nextInt(3 * MAX_LINE_BYTES)]);
                }
                bytes.write('\n');
            }
            mark(bytes, random);
        }
        Counter counter = read(bytes.toByteArray(), random);
        assertThat(counter.marks).isEqualTo(marks);
    }

    /** Changes that may be anywhere: also the ends of lines come and go. */
    private void stream(SplittableRandom random) throws IOException {
        ByteArrayOutputStream clean = new ByteArrayOutputStream();
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            clean.write(pick(random));
            clean.write('\n');
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(mutate(clean.toByteArray(), random));
        bytes.write('\n');
        mark(bytes, random);
        Counter counter = read(bytes.toByteArray(), random);
        assertThat(counter.marks).isEqualTo(1);
        assertThat(counter.lastIsMark).isTrue();
    }

    private static void mark(ByteArrayOutputStream bytes, SplittableRandom random) throws IOException {
        bytes.write(VALID);
        bytes.write((random.nextBoolean() ? "\n" : "\r\n").getBytes(UTF_8));
    }

    private Counter read(byte[] bytes, SplittableRandom random) throws IOException {
        Counter counter = new Counter(decoder);
        LineFramer framer = new LineFramer(MAX_LINE_BYTES);
        InputStream in = inPieces(bytes, random.split());
        while (framer.readFrom(in, counter)) {
            assertThat(framer.bufferSize()).isLessThanOrEqualTo(2 * MAX_LINE_BYTES);
        }
        assertThat(framer.pendingBytes()).isZero();
        return counter;
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
        int marks;
        boolean lastIsMark;

        Counter(InboundDecoder decoder) {
            this.decoder = decoder;
        }

        @Override
        public void line(byte[] buf, int off, int len) {
            lastIsMark = isMark(decoder.decode(buf, off, len));
            marks += lastIsMark ? 1 : 0;
        }

        @Override
        public void oversize(long bytes, byte[] head) {
            assertThat(bytes).isGreaterThan(MAX_LINE_BYTES);
            assertThat(decoder.oversize(bytes, head)).isNotNull();
            lastIsMark = false;
        }
    }
}
