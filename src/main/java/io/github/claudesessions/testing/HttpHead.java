package io.github.claudesessions.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The start line and the headers of an HTTP/1.x request, and how to read one. */
record HttpHead(String method, String target, String version, Map<String, String> headers) {
    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_HEADERS = 500;

    /** Reads up to the empty line; null at the end of the stream. */
    static @Nullable HttpHead read(InputStream in) throws IOException {
        String start = line(in);
        if (start == null) {
            return null;
        }
        String[] parts = start.split(" ", -1);
        if (parts.length != 3) {
            throw new ProtocolException("not an HTTP request");
        }
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < MAX_HEADERS; i++) {
            String header = line(in);
            if (header == null) {
                throw new ProtocolException("the request ended in its headers");
            }
            if (header.isEmpty()) {
                return new HttpHead(parts[0], parts[1], parts[2], headers);
            }
            int colon = header.indexOf(':');
            if (colon <= 0) {
                throw new ProtocolException("not an HTTP header");
            }
            headers.merge(
                    header.substring(0, colon), header.substring(colon + 1).strip(), (a, b) -> a + ", " + b);
        }
        throw new ProtocolException("too many HTTP headers");
    }

    byte[] readBody(InputStream in) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "")
                .toLowerCase(Locale.ROOT)
                .contains("chunked")) {
            return readChunks(in);
        }
        return exactly(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }

    boolean keepAlive() {
        return version.equals("HTTP/1.1")
                && !headers.getOrDefault("connection", "").equalsIgnoreCase("close");
    }

    boolean expectsContinue() {
        return headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue");
    }

    private static byte[] readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            String size = line(in);
            if (size == null) {
                throw new ProtocolException("the request ended in its body");
            }
            int length = Integer.parseInt(size.replaceFirst(";.*", "").strip(), 16);
            all.writeBytes(exactly(in, length));
            // After a chunk comes an empty line; after the last one trailers, and then the empty line.
            for (String rest = line(in); length == 0 && rest != null && !rest.isEmpty(); ) {
                rest = line(in);
            }
            if (length == 0) {
                return all.toByteArray();
            }
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new ProtocolException("the request ended in its body");
        }
        return bytes;
    }

    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                return null;
            }
            if (line.size() == MAX_LINE) {
                throw new ProtocolException("an HTTP line is too long");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
