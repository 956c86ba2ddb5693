package io.github.claudesessions.internal.codec;

/** Takes what {@link LineFramer} cuts. */
public interface LineSink {
    /** One line without its end. The bytes are the framer's own and are only valid during the call. */
    void line(byte[] buf, int off, int len);

    /** A line that was too long and is gone, and its beginning, at most 1 KiB. */
    void oversize(long bytes, byte[] head);
}
