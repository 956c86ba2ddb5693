package io.github.claudesessions.internal.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Eight bytes at a time give what one at a time gives. */
@Timeout(60)
class BytesTest {
    private final Random random = new Random(7);

    @Test
    void everyByteAtEveryPlace() {
        for (int value = 0; value < 256; value++) {
            for (int place = 0; place < 20; place++) {
                byte[] buf = new byte[20];
                for (int other : new int[] {'a', 0x7f, 0x80, 0xff, value ^ 1, value + 1, value - 1}) {
                    Arrays.fill(buf, (byte) other);
                    buf[place] = (byte) value;
                    assertSame(buf, 0, buf.length);
                }
            }
        }
    }

    @Test
    void anyBytesFromAnyToAny() {
        for (int i = 0; i < 200_000; i++) {
            byte[] buf = new byte[random.nextInt(40)];
            random.nextBytes(buf);
            for (int j = 0; j < buf.length; j++) {
                buf[j] = random.nextInt(4) > 0 ? (byte) (0x20 + random.nextInt(0xe0)) : buf[j];
            }
            int from = random.nextInt(buf.length + 1);
            assertSame(buf, from, from + random.nextInt(buf.length - from + 1));
        }
    }

    private static void assertSame(byte[] buf, int from, int to) {
        int newline = first(buf, from, to, b -> b == '\n');
        int end = first(buf, from, to, b -> b == '"' || b == '\\' || (b >= 0 && b < ' '));
        if (Bytes.newline(buf, from, to) != newline || Bytes.endOfPlainText(buf, from, to) != end) {
            assertThat(Bytes.newline(buf, from, to)).isEqualTo(newline);
            assertThat(Bytes.endOfPlainText(buf, from, to)).as("in %s", buf).isEqualTo(end);
        }
    }

    private static int first(byte[] buf, int from, int to, IntPredicate wanted) {
        int i = from;
        while (i < to && !wanted.test(buf[i])) {
            i++;
        }
        return i;
    }
}
