package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * Tokens and cost of one model.
 *
 * @param inputTokens input tokens that no cache served
 * @param outputTokens output tokens
 * @param thinkingTokens output tokens used for thinking, or null
 * @param cacheReadInputTokens input tokens read from the cache
 * @param cacheCreationInputTokens input tokens written to the cache
 * @param cacheCreationEphemeral5mInputTokens of these, tokens kept for five minutes, or null
 * @param cacheCreationEphemeral1hInputTokens of these, tokens kept for an hour, or null
 * @param webSearchRequests web searches done by the API
 * @param costUsd cost in US dollars
 * @param contextWindow size of the model's context in tokens
 * @param maxOutputTokens limit of one answer in tokens
 * @param canonicalModel the model's name without provider and version, or null
 * @param provider who serves the model, or null
 * @param costBasis {@code list}, {@code managed} or {@code unknown}, or null
 */
public record ModelUsage(
        long inputTokens,
        long outputTokens,
        @Nullable Long thinkingTokens,
        long cacheReadInputTokens,
        long cacheCreationInputTokens,
        @Nullable Long cacheCreationEphemeral5mInputTokens,
        @Nullable Long cacheCreationEphemeral1hInputTokens,
        long webSearchRequests,
        double costUsd,
        long contextWindow,
        long maxOutputTokens,
        @Nullable String canonicalModel,
        @Nullable String provider,
        @Nullable String costBasis) {}
