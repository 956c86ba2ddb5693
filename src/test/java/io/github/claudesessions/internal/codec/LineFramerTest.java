package io.github.claudesessions.internal.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LineFramerTest {
    private static final String TEXT = "{\"a\":\"x  y\"}\n\r\n  \n{\"b\":\"漢字 🙂 \u2028 \u0085\"}\r\n{\"c\":1}\n";
    private static final List<String> LINES =
            List.of("{\"a\":\"x  y\"}", "{\"b\":\"漢字 🙂 \u2028 \u0085\"}", "{\"c\":1}");

    private final Recorder sink = new Recorder();

    @Test
    void everySplitPositionGivesTheSameLines() throws IOException {
        byte[] bytes = TEXT.getBytes(UTF_8);
        for (int i = 0; i <= bytes.length; i++) {
            for (int j = i; j <= bytes.length; j++) {
                Recorder recorder = new Recorder();
                LineFramer framer = new LineFramer(1000);
                feed(framer, recorder, Arrays.copyOfRange(bytes, 0, i));
                feed(framer, recorder, Arrays.copyOfRange(bytes, i, j));
                feed(framer, recorder, Arrays.copyOfRange(bytes, j, bytes.length));
                assertThat(recorder.lines).isEqualTo(LINES);
                assertThat(framer.pendingBytes()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 4096, 8192, 100_000})
    void readsOfAnySizeGiveTheSameLines(int chunk) throws IOException {
        StringBuilder text = new StringBuilder();
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String line = i + "é".repeat(i * 37 % 5000) + i;
            expected.add(line);
            text.append(line).append('\n');
        }
        drain(new LineFramer(1_000_000), sink, chunked(text.toString().getBytes(UTF_8), chunk));
        assertThat(sink.lines).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {5_000_000, 60_000_000})
    void hugeLineArrivesWholeAndTheNextOneToo(int size) throws IOException {
        LineFramer framer = new LineFramer(64 << 20);
        byte[] bytes = new byte[size + 6];
        Arrays.fill(bytes, 0, size, (byte) 'x');
        System.arraycopy("\nnext\n".getBytes(UTF_8), 0, bytes, size, 6);
        Counter counter = new Counter();
        drain(framer, counter, chunked(bytes, 4096));
        assertThat(counter.lines).isEqualTo(2);
        assertThat(counter.longest).isEqualTo(size);
        assertThat(counter.bytes).isEqualTo(size + 4L);
        assertThat(counter.oversize).isZero();
    }

    @Test
    void everyByteOfAHugeLineIsLookedAtOnceEvenInTinyReads() throws IOException {
        // 4 MB in reads of 16 bytes: a rescan per read would look at 500 billion bytes.
        Counter counter = new Counter();
        byte[] bytes = new byte[4_000_001];
        Arrays.fill(bytes, (byte) 'x');
        bytes[bytes.length - 1] = '\n';
        drain(new LineFramer(8_000_000), counter, chunked(bytes, 16));
        assertThat(counter.longest).isEqualTo(4_000_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000, 8192, 100_000})
    void tooLongALineIsSkippedAndReportedAndTheNextArrives(int chunk) throws IOException {
        String tooLong = "abc" + "y".repeat(50_000);
        drain(new LineFramer(20_000), sink, chunked(("before\n" + tooLong + "\r\nafter\n").getBytes(UTF_8), chunk));
        assertThat(sink.lines).containsExactly("before", "after");
        assertThat(sink.oversize).containsExactly(tooLong.length() + ":" + tooLong.substring(0, 1024));
    }

    @Test
    void theLimitIsTheLengthOfTheLineWithoutItsEnd() throws IOException {
        for (String end : List.of("\n", "\r\n")) {
            Recorder recorder = new Recorder();
            LineFramer framer = new LineFramer(10);
            feed(framer, recorder, ("0123456789" + end + "0123456789a" + end + "x" + end).getBytes(UTF_8));
            assertThat(recorder.lines).containsExactly("0123456789", "x");
            assertThat(recorder.oversize).containsExactly("11:0123456789a");
        }
    }

    @Test
    void oversizeLineNeedsNoMoreMemoryThanTheLimit() throws IOException {
        // 3 GB through a framer with a limit of 1 MB.
        InputStream endless = new Repeated((byte) 'z', 3L << 30);
        LineFramer framer = new LineFramer(1 << 20);
        Counter counter = new Counter();
        while (framer.readFrom(endless, counter)) {
            assertThat(framer.bufferSize()).isLessThanOrEqualTo((1 << 20) + 2);
        }
        feed(framer, sink, "\nnext\n".getBytes(UTF_8));
        assertThat(sink.oversize).hasSize(1);
        assertThat(sink.oversize.get(0)).startsWith((3L << 30) + ":zzz");
        assertThat(sink.lines).containsExactly("next");
    }

    @Test
    void smallLinesDoNotAccumulateTowardsTheLimit() throws IOException {
        byte[] line = ("{\"n\":\"" + "x".repeat(500) + "\"}\n").getBytes(UTF_8);
        byte[] block = new byte[line.length * 2000];
        for (int i = 0; i < 2000; i++) {
            System.arraycopy(line, 0, block, i * line.length, line.length);
        }
        LineFramer framer = new LineFramer(600);
        Counter counter = new Counter();
        for (int i = 0; i < 200; i++) {
            feed(framer, counter, block);
        }
        assertThat(counter.bytes).isGreaterThan(200_000_000L);
        assertThat(counter.lines).isEqualTo(400_000);
        assertThat(counter.oversize).isZero();
        assertThat(framer.bufferSize()).isEqualTo(2048);
    }

    @Test
    void theBufferIsSmallAgainAfterALongLine() throws IOException {
        LineFramer framer = new LineFramer(1 << 20);
        feed(framer, sink, "x".repeat(500_000).getBytes(UTF_8));
        assertThat(framer.bufferSize()).isGreaterThan(500_000);
        feed(framer, sink, "\n{".getBytes(UTF_8));
        assertThat(framer.bufferSize()).isEqualTo(2048);
        feed(framer, sink, "}\n".getBytes(UTF_8));
        assertThat(sink.lines).containsExactly("x".repeat(500_000), "{}");
    }

    @Test
    void theBufferIsLargerWhileReadsFillIt() throws IOException {
        LineFramer framer = new LineFramer(1 << 20);
        InputStream busy = new ByteArrayInputStream("{}\n".repeat(200_000).getBytes(UTF_8));
        for (int i = 0; i < 4; i++) {
            assertThat(framer.bufferSize()).isEqualTo(Math.max(2048, 2048 << (i - 1)));
            assertThat(framer.readFrom(busy, sink)).isTrue();
        }
        drain(framer, sink, busy);
        assertThat(framer.bufferSize()).isEqualTo(2048);
        assertThat(sink.lines).hasSize(200_000).containsOnly("{}");
    }

    @Test
    void restWithoutANewlineIsPending() throws IOException {
        LineFramer framer = new LineFramer(100);
        drain(framer, sink, new ByteArrayInputStream("{}\n{\"type\":".getBytes(UTF_8)));
        assertThat(sink.lines).containsExactly("{}");
        assertThat(framer.pendingBytes()).isEqualTo(8);
    }

    @Test
    void unfinishedOversizeLineIsPending() throws IOException {
        LineFramer framer = new LineFramer(100);
        feed(framer, sink, "x".repeat(200).getBytes(UTF_8));
        assertThat(framer.pendingBytes()).isEqualTo(200);
        assertThat(sink.oversize).isEmpty();
    }

    @Test
    void sinkThatThrowsLosesOnlyItsLine() throws IOException {
        LineFramer framer = new LineFramer(100);
        LineSink throwing = new LineSink() {
            @Override
            public void line(byte[] buf, int off, int len) {
                throw new IllegalStateException("no");
            }

            @Override
            public void oversize(long bytes, byte[] head) {}
        };
        assertThatThrownBy(() -> feed(framer, throwing, "a\nb\nc".getBytes(UTF_8)))
                .isInstanceOf(IllegalStateException.class);
        feed(framer, sink, "d\n".getBytes(UTF_8));
        assertThat(sink.lines).containsExactly("b", "cd");
    }

    @Test
    void refusesLimitsThatNoBufferCanHave() {
        assertThatThrownBy(() -> new LineFramer(0)).hasMessageContaining("maxLineBytes");
        assertThatThrownBy(() -> new LineFramer(Integer.MAX_VALUE)).hasMessageContaining("maxLineBytes");
    }

    private static void feed(LineFramer framer, LineSink sink, byte[] bytes) throws IOException {
        drain(framer, sink, new ByteArrayInputStream(bytes));
    }

    private static void drain(LineFramer framer, LineSink sink, InputStream in) throws IOException {
        boolean more = true;
        while (more) {
            more = framer.readFrom(in, sink);
        }
    }

    /** A stream that gives at most {@code chunk} bytes a read, as a pipe may. */
    private static InputStream chunked(byte[] bytes, int chunk) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] b, int off, int len) {
                return super.read(b, off, Math.min(len, chunk));
            }
        };
    }

    private static final class Repeated extends InputStream {
        private final byte value;
        private long left;

        Repeated(byte value, long left) {
            this.value = value;
            this.left = left;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] b, int off, int len) {
            if (left == 0) {
                return -1;
            }
            int n = (int) Math.min(len, left);
            Arrays.fill(b, off, off + n, value);
            left -= n;
            return n;
        }
    }

    private static final class Recorder implements LineSink {
        final List<String> lines = new ArrayList<>();
        final List<String> oversize = new ArrayList<>();

        @Override
        public void line(byte[] buf, int off, int len) {
            lines.add(new String(buf, off, len, UTF_8));
        }

        @Override
        public void oversize(long bytes, byte[] head) {
            oversize.add(bytes + ":" + new String(head, UTF_8));
        }
    }

    private static final class Counter implements LineSink {
        int lines;
        int longest;
        long bytes;
        int oversize;

        @Override
        public void line(byte[] buf, int off, int len) {
            lines++;
            bytes += len;
            longest = Math.max(longest, len);
        }

        @Override
        public void oversize(long bytes, byte[] head) {
            oversize++;
        }
    }
}
