package io.github.claudesessions.control;

import org.jspecify.annotations.Nullable;

/**
 * A file whose name fits what was typed. Source: {@code file_suggestions}.
 *
 * @param path the file, relative to the working directory; a folder ends with a slash
 * @param score how well it fits, less is better, or null
 */
public record FileSuggestion(String path, @Nullable Double score) {
    /** Fills in what the wire left out. */
    public FileSuggestion {
        path = Copies.text(path);
    }
}
