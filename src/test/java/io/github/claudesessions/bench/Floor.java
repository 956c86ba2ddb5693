package io.github.claudesessions.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * What a loop written by hand costs at least: bytes cut into lines, Jackson streaming over every token of each where it
 * lies, and nothing kept or made of that.
 */
public final class Floor {
    private static final JsonFactory JSON = new JsonFactory();

    private Floor() {}

    /** Reads {@code in} to its end; returns the number of tokens. */
    public static long tokens(InputStream in) {
        long[] tokens = {0};
        lines(in, (buffer, start, length) -> tokens[0] += tokens(buffer, start, length));
        return tokens[0];
    }

    /** Cuts {@code in} into lines; returns their length. */
    public static long bytes(InputStream in) {
        long[] bytes = {0};
        lines(in, (buffer, start, length) -> bytes[0] += length);
        return bytes[0];
    }

    private static long tokens(byte[] buffer, int start, int length) {
        try (JsonParser parser = JSON.createParser(buffer, start, length)) {
            long tokens = 0;
            while (parser.nextToken() != null) {
                tokens++;
            }
            return tokens;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a line where it lies. */
    interface Line {
        void take(byte[] buffer, int start, int length);
    }

    /** Cuts {@code in} into lines up to its end. */
    static void lines(InputStream in, Line sink) {
        byte[] buffer = new byte[64 * 1024];
        int end = 0;
        try {
            for (int n = in.read(buffer, 0, buffer.length); n >= 0; n = in.read(buffer, end, buffer.length - end)) {
                int start = 0;
                int from = end;
                end += n;
                for (int i = from; i < end; i++) {
                    if (buffer[i] == '\n') {
                        sink.take(buffer, start, i - start);
                        start = i + 1;
                    }
                }
                System.arraycopy(buffer, start, buffer, 0, end - start);
                end -= start;
                if (end == buffer.length) {
                    buffer = Arrays.copyOf(buffer, 2 * buffer.length);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
