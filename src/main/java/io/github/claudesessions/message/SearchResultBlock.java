package io.github.claudesessions.message;

import java.util.List;

/**
 * Something found by a search. Wire type {@code search_result}.
 *
 * @param source where it was found
 * @param title its title
 * @param content its text
 */
public record SearchResultBlock(String source, String title, List<ContentBlock> content) implements ContentBlock {
    /** Copies the collections. */
    public SearchResultBlock {
        content = List.copyOf(content);
    }
}
