package io.github.claudesessions.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A link to something that a task made.
 *
 * @param uri where it is
 * @param name its name
 * @param title its title, or null
 * @param description what it is, or null
 * @param mimeType its media type, or null
 * @param size its size in bytes, or null
 * @param annotations what the maker noted; empty if absent
 */
public record ResourceLink(
        String uri,
        String name,
        @Nullable String title,
        @Nullable String description,
        @Nullable String mimeType,
        @Nullable Long size,
        Map<String, Object> annotations) {
    /** Copies the collections. */
    public ResourceLink {
        annotations = Copies.map(annotations);
    }
}
