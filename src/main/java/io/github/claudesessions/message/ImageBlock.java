package io.github.claudesessions.message;

/**
 * An image. Wire type {@code image}.
 *
 * @param source where it is
 */
public record ImageBlock(BlockSource source) implements ContentBlock {}
