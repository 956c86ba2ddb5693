package io.github.claudesessions.control;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A file as the CLI reads it. Source: {@code read_file}.
 *
 * @param contents the content: text, or Base64 if {@code encoding} says so
 * @param absPath where the file is
 * @param truncated whether it has more than was asked for
 * @param encoding {@code base64}, or null for text
 * @param lossy whether bytes that are not text were replaced
 */
public record FileContent(
        String contents,
        String absPath,
        boolean truncated,
        @Nullable String encoding,
        boolean lossy) {
    /** Fills in what the wire left out. */
    public FileContent {
        contents = Copies.text(contents);
        absPath = Copies.text(absPath);
    }

    /** The content as bytes. */
    public byte[] bytes() {
        return "base64".equals(encoding)
                ? Base64.getDecoder().decode(contents)
                : contents.getBytes(StandardCharsets.UTF_8);
    }
}
