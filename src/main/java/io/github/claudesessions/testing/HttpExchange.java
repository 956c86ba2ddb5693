package io.github.claudesessions.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/** One request and the means to answer it; used by the thread of its connection alone. */
final class HttpExchange {
    /** Ends a connection without an answer. */
    static final class Dropped extends IOException {
        private static final long serialVersionUID = 1;
    }

    private final Socket socket;
    private final OutputStream out;
    private final HttpHead head;
    private final byte[] body;
    private boolean chunked;

    HttpExchange(Socket socket, OutputStream out, HttpHead head, byte[] body) {
        this.socket = socket;
        this.out = out;
        this.head = head;
        this.body = body;
    }

    HttpHead head() {
        return head;
    }

    byte[] body() {
        return body;
    }

    void answer(int status, Map<String, String> headers, byte[] content) throws IOException {
        StringBuilder text = statusAndHeaders(status, headers);
        text.append("content-length: ").append(content.length).append("\r\n\r\n");
        boolean bodyless = head.method().equals("HEAD");
        write(text, bodyless ? new byte[0] : content);
    }

    void startStream(Map<String, String> headers) throws IOException {
        StringBuilder text = statusAndHeaders(200, headers);
        // HTTP/1.0 knows no chunks: there the end of the connection ends the answer.
        chunked = head.version().equals("HTTP/1.1");
        text.append(chunked ? "transfer-encoding: chunked\r\n\r\n" : "\r\n");
        write(text, new byte[0]);
    }

    /** Sends {@code part} in one write, so that the client sees it at once. */
    void stream(byte[] part) throws IOException {
        if (!chunked) {
            out.write(part);
        } else {
            String size = Integer.toHexString(part.length) + "\r\n";
            byte[] framed = new byte[part.length + 2];
            System.arraycopy(part, 0, framed, 0, part.length);
            framed[part.length] = '\r';
            framed[part.length + 1] = '\n';
            write(size, framed);
        }
        out.flush();
    }

    void endStream() throws IOException {
        write(chunked ? "0\r\n\r\n" : "", new byte[0]);
    }

    /** Closes the connection. Not by a reset: on some systems that takes back what the client has not read yet. */
    Dropped drop() throws IOException {
        socket.close();
        return new Dropped();
    }

    private static StringBuilder statusAndHeaders(int status, Map<String, String> headers) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "HTTP/1.1 %d Fake\r\n", status));
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text;
    }

    private void write(CharSequence start, byte[] rest) throws IOException {
        byte[] first = start.toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[first.length + rest.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(rest, 0, all, first.length, rest.length);
        out.write(all);
        out.flush();
    }
}
