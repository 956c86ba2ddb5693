package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * Stands for a line that was longer than {@code maxLineBytes} and was skipped. The library makes it, so it has no id,
 * and {@link #raw()} is an empty object.
 *
 * @param bytes the length of the line
 * @param head the beginning of the line, at most 1 KiB
 */
public record OversizeMessage(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, long bytes, String head) implements Message {
    private static final RawJson EMPTY = RawJson.of("{}");

    /** The message for a line of {@code bytes} bytes. */
    public static OversizeMessage of(long bytes, String head) {
        return new OversizeMessage(null, null, EMPTY, bytes, head);
    }
}
