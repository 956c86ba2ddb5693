package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A document. Wire type {@code document}.
 *
 * @param source where it is
 * @param title its title, or null
 * @param context what it is about, or null
 */
public record DocumentBlock(
        BlockSource source,
        @Nullable String title,
        @Nullable String context) implements ContentBlock {}
