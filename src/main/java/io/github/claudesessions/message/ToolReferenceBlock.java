package io.github.claudesessions.message;

/**
 * Names a tool that a search found. Wire type {@code tool_reference}.
 *
 * @param toolName name of the tool
 */
public record ToolReferenceBlock(String toolName) implements ContentBlock {}
