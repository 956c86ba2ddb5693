package io.github.claudesessions.internal.codec;

import io.github.claudesessions.internal.Check;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a byte stream into lines at {@code '\n'} and nothing else; a {@code '\r'} before it is dropped, as are lines of
 * nothing but white space. One thread at a time.
 *
 * <p>The buffer starts small, since thousands of sessions are mostly idle. It doubles while a line does not fit, and, up
 * to a bound, while reads fill it, which says that more waits in the pipe; it is small again when neither holds. Each byte is looked at once, however small the reads are. A line
 * longer than the limit is read to its end but not kept.
 */
public final class LineFramer {
    /** Reads that are smaller than the 8 KB which the stream of a process keeps itself go through those. */
    private static final int SMALL = 2 * 1024;

    private static final int BUSY = 64 * 1024;
    private static final int HEAD = 1024;
    private static final int MAX = 1 << 30;
    private static final byte[] NONE = {};

    private final int maxLineBytes;

    private byte[] buf = new byte[SMALL];
    /** Where the unfinished line starts, up to where it was looked at, and where the bytes read end. */
    private int start;

    private int scanned;
    private int end;

    /** Whether the last read filled the buffer. */
    private boolean filled;

    /** Bytes of the line that is being skipped, 0 if none is. */
    private long skipped;

    private byte[] head = NONE;
    private boolean skippedEndsWithCr;

    public LineFramer(int maxLineBytes) {
        Check.atLeast("maxLineBytes", 1, maxLineBytes);
        Check.that(maxLineBytes <= MAX, "maxLineBytes must be at most %d, was %d", MAX, maxLineBytes);
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * Reads once and delivers the lines that are complete with it.
     *
     * @return false at the end of the stream
     */
    public boolean readFrom(InputStream in, LineSink sink) throws IOException {
        makeRoom();
        int n = in.read(buf, end, buf.length - end);
        if (n < 0) {
            return false;
        }
        end += n;
        filled = end == buf.length;
        if (cut(sink) && !filled) {
            shrink();
        }
        if (skipped > 0 || end - start > maxLineBytes + 1L) {
            skipRest();
        }
        return true;
    }

    /** How many bytes were read since the last end of a line. */
    public long pendingBytes() {
        return skipped + (end - start);
    }

    int bufferSize() {
        return buf.length;
    }

    /** Delivers the lines that have ended; returns whether there was one. A sink may throw and lose only its line. */
    private boolean cut(LineSink sink) {
        boolean found = false;
        while (scanned < end) {
            int newline = Bytes.newline(buf, scanned, end);
            scanned = Math.min(newline + 1, end);
            if (newline < end) {
                int from = start;
                start = scanned;
                found = true;
                lineEnded(from, newline, sink);
            }
        }
        return found;
    }

    private void lineEnded(int from, int to, LineSink sink) {
        if (skipped > 0) {
            boolean cr = to > from ? buf[to - 1] == '\r' : skippedEndsWithCr;
            long bytes = skipped + (to - from) - (cr ? 1 : 0);
            byte[] beginning = head;
            skipped = 0;
            head = NONE;
            sink.oversize(bytes, beginning);
            return;
        }
        int len = to - from - (to > from && buf[to - 1] == '\r' ? 1 : 0);
        if (len > maxLineBytes) {
            sink.oversize(len, Arrays.copyOfRange(buf, from, from + Math.min(HEAD, len)));
        } else if (!isBlank(from, len)) {
            sink.line(buf, from, len);
        }
    }

    private boolean isBlank(int from, int len) {
        for (int i = from; i < from + len; i++) {
            if (buf[i] != ' ' && buf[i] != '\t' && buf[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** The unfinished line is too long, or known to be: forget it, but count it. */
    private void skipRest() {
        if (end == start) {
            return;
        }
        if (skipped == 0) {
            head = Arrays.copyOfRange(buf, start, start + Math.min(HEAD, end - start));
        }
        skipped += end - start;
        skippedEndsWithCr = buf[end - 1] == '\r';
        reset();
        if (buf.length > SMALL) {
            buf = new byte[SMALL];
        }
    }

    private void reset() {
        start = 0;
        scanned = 0;
        end = 0;
    }

    private void makeRoom() {
        if (filled && buf.length < BUSY) {
            moveTo(new byte[2 * buf.length]);
        } else if (start == end) {
            reset();
        } else if (start > 0 && buf.length - end < buf.length / 2) {
            moveTo(buf);
        } else if (end == buf.length) {
            long limit = Math.max(SMALL, maxLineBytes + 2L);
            buf = Arrays.copyOf(buf, (int) Math.min(2L * buf.length, limit));
        }
    }

    private void shrink() {
        if (buf.length > SMALL && end - start < SMALL) {
            moveTo(new byte[SMALL]);
        }
    }

    /** Moves the unfinished line to the start of {@code target}, which becomes the buffer. */
    private void moveTo(byte[] target) {
        System.arraycopy(buf, start, target, 0, end - start);
        scanned -= start;
        end -= start;
        start = 0;
        buf = target;
    }
}
