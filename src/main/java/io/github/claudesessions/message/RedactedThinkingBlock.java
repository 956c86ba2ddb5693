package io.github.claudesessions.message;

/**
 * Thinking that the API encrypted. Wire type {@code redacted_thinking}.
 *
 * @param data the encrypted text
 */
public record RedactedThinkingBlock(String data) implements ContentBlock {}
