package io.github.claudesessions.internal.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Searches bytes eight at a time, which takes a third of the time of a loop over each: it is what most bytes of a
 * session meet. A byte of {@code (x - ONES) & ~x & HIGHS} is not 0 where one of {@code x} is 0, and perhaps in those
 * above the first such; the order of bytes makes the first the lowest.
 */
final class Bytes {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHS = ONES << 7;

    private Bytes() {}

    /** The index of the first newline, or {@code to} if there is none. */
    static int newline(byte[] buf, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long found = zeros((long) EIGHT.get(buf, i) ^ ONES * '\n');
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        while (i < to && buf[i] != '\n') {
            i++;
        }
        return i;
    }

    /** The index of the first byte that can't stand for itself in a JSON string, or {@code to} if there is none. */
    static int endOfPlainText(byte[] buf, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long bytes = (long) EIGHT.get(buf, i);
            long controls = (bytes - ONES * ' ') & ~bytes & HIGHS;
            long found = controls | zeros(bytes ^ ONES * '"') | zeros(bytes ^ ONES * '\\');
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >> 3);
            }
        }
        while (i < to && buf[i] != '"' && buf[i] != '\\' && (buf[i] < 0 || buf[i] >= ' ')) {
            i++;
        }
        return i;
    }

    private static long zeros(long bytes) {
        return (bytes - ONES) & ~bytes & HIGHS;
    }
}
