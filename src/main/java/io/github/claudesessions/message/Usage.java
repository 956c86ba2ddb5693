package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of one request, or of all requests of a turn. A number that the API did not send is 0.
 *
 * @param inputTokens input tokens that no cache served
 * @param outputTokens output tokens, thinking included
 * @param cacheCreationInputTokens input tokens written to the cache
 * @param cacheReadInputTokens input tokens read from the cache
 * @param cacheCreationEphemeral5mInputTokens of those written, tokens kept for five minutes
 * @param cacheCreationEphemeral1hInputTokens of those written, tokens kept for an hour
 * @param thinkingTokens output tokens used for thinking
 * @param webSearchRequests web searches done by the API
 * @param webFetchRequests web pages fetched by the API
 * @param serviceTier the service tier, or null
 * @param inferenceGeo where the model ran, or null
 * @param speed the speed class, or null
 */
public record Usage(
        long inputTokens,
        long outputTokens,
        long cacheCreationInputTokens,
        long cacheReadInputTokens,
        long cacheCreationEphemeral5mInputTokens,
        long cacheCreationEphemeral1hInputTokens,
        long thinkingTokens,
        long webSearchRequests,
        long webFetchRequests,
        @Nullable String serviceTier,
        @Nullable String inferenceGeo,
        @Nullable String speed) {
    /** No tokens at all. */
    public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0, 0, 0, 0, null, null, null);

    /** All input tokens: without a cache, written to it and read from it. */
    public long totalInputTokens() {
        return inputTokens + cacheCreationInputTokens + cacheReadInputTokens;
    }
}
