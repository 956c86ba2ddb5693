package io.github.claudesessions.message;

/**
 * What a task used so far.
 *
 * @param totalTokens tokens of input and output
 * @param toolUses tool calls
 * @param durationMs time in milliseconds
 */
public record TaskUsage(long totalTokens, int toolUses, long durationMs) {}
