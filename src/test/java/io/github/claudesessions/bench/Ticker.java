package io.github.claudesessions.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** A process that writes deltas at a steady pace; the text of each is the time of its writing. */
final class Ticker {
    private static final String LINE =
            "{\"type\":\"stream_event\",\"event\":{\"type\":\"content_block_delta\",\"index\":0,"
                    + "\"delta\":{\"type\":\"text_delta\",\"text\":\"%d\"}},\"session_id\":\"6e85685a-d099-4cc1-a554-0337d18e3b11\","
                    + "\"parent_tool_use_id\":null,\"uuid\":\"447e9506-ad64-4e10-bb9b-124105e3464f\",\"api_message_id\":\"msg_1\"}\n";

    private Ticker() {}

    /** Arguments: how many, and the nanoseconds between two. */
    public static void main(String[] args) throws IOException {
        long next = System.nanoTime();
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            for (int i = Integer.parseInt(args[0]); i > 0; i--) {
                next += Long.parseLong(args[1]);
                while (System.nanoTime() < next) {
                    LockSupport.parkNanos(next - System.nanoTime());
                }
                byte[] padding = LINE.formatted(Long.MAX_VALUE).getBytes(US_ASCII); // the formatter is warm
                Comparison.consume(padding.length);
                out.write(LINE.formatted(System.nanoTime()).getBytes(US_ASCII));
            }
        }
    }
}
