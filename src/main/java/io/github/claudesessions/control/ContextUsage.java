package io.github.claudesessions.control;

import java.util.List;

/**
 * What fills the model's context window. Source: {@code get_context_usage}.
 *
 * @param model the model
 * @param totalTokens how many tokens are used
 * @param maxTokens how many can be used before the conversation is compacted
 * @param rawMaxTokens the size of the window
 * @param percentage how much of it is used, 0 to 100
 * @param categories what uses it
 * @param isAutoCompactEnabled whether a full window is compacted without asking
 */
public record ContextUsage(
        String model,
        long totalTokens,
        long maxTokens,
        long rawMaxTokens,
        double percentage,
        List<Category> categories,
        boolean isAutoCompactEnabled) {
    /** Copies the list. */
    public ContextUsage {
        model = Copies.text(model);
        categories = Copies.list(categories);
    }

    /**
     * One kind of content.
     *
     * @param name its name for people
     * @param tokens how many tokens it has
     * @param kind {@code used}, {@code free}, {@code buffer} or {@code deferred}
     */
    public record Category(String name, long tokens, String kind) {
        /** Fills in what the wire left out. */
        public Category {
            name = Copies.text(name);
            kind = Copies.text(kind);
        }
    }
}
