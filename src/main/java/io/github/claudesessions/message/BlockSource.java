package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an image or a document is. Which components are there depends on the type.
 *
 * @param type {@code base64}, {@code text}, {@code content}, {@code url}, {@code file}, or one not known yet
 * @param mediaType its media type, or null
 * @param data its bytes in base64, or its text, or null
 * @param url its address, or null
 * @param fileId its id at the API, or null
 * @param content its blocks; empty if absent
 */
public record BlockSource(
        String type,
        @Nullable String mediaType,
        @Nullable String data,
        @Nullable String url,
        @Nullable String fileId,
        List<ContentBlock> content) {
    /** Copies the collections. */
    public BlockSource {
        content = List.copyOf(content);
    }
}
