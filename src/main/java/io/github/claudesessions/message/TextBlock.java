package io.github.claudesessions.message;

import java.util.List;

/**
 * Text. Wire type {@code text}.
 *
 * @param text the text
 * @param citations where it comes from, each a map; empty if absent
 */
public record TextBlock(String text, List<Object> citations) implements ContentBlock {
    /** Copies the collections. */
    public TextBlock {
        citations = List.copyOf(citations);
    }

    /** Text without citations. */
    public TextBlock(String text) {
        this(text, List.of());
    }
}
