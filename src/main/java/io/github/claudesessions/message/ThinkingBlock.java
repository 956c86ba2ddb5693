package io.github.claudesessions.message;

/**
 * What the model thought. Wire type {@code thinking}.
 *
 * @param thinking the text, which may be empty
 * @param signature the API's signature, empty while it is not known
 */
public record ThinkingBlock(String thinking, String signature) implements ContentBlock {}
