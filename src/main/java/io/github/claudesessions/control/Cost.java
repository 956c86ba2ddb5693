package io.github.claudesessions.control;

import io.github.claudesessions.message.ModelUsage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What was spent: the sum over {@code model_usage_since_last_result} of results, which has the tokens of subagents,
 * compactions and interrupted turns too, and unlike {@code total_cost_usd} neither begins with what an earlier process
 * spent (resume, fork) nor falls back to nothing (at {@code /clear}). What a turn spent that its process did not live to report is not in it.
 *
 * @param turns results that answered prompts
 * @param followUps results of turns that nobody asked for: the CLI starts one when a background task ends
 * @param requests requests of the main conversation to the model, the sum of {@code num_turns}
 * @param models tokens and cost by model
 */
public record Cost(int turns, int followUps, int requests, Map<String, ModelUsage> models) {
    /** Nothing spent. */
    public static final Cost NONE = new Cost(0, 0, 0, Map.of());

    /** Copies the map. */
    public Cost {
        models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    }

    /** US dollars. */
    public double usd() {
        return models.values().stream().mapToDouble(ModelUsage::costUsd).sum();
    }

    /** Input tokens that no cache served. */
    public long inputTokens() {
        return sum(ModelUsage::inputTokens);
    }

    /** Output tokens, thinking included. */
    public long outputTokens() {
        return sum(ModelUsage::outputTokens);
    }

    /** Of the output tokens, those used for thinking, as far as the CLI told. */
    public long thinkingTokens() {
        return sum(usage -> orZero(usage.thinkingTokens()));
    }

    /** Input tokens read from the cache. */
    public long cacheReadTokens() {
        return sum(ModelUsage::cacheReadInputTokens);
    }

    /** Input tokens written to the cache. */
    public long cacheCreationTokens() {
        return sum(ModelUsage::cacheCreationInputTokens);
    }

    /** All tokens: input without a cache, written to it and read from it, and output. */
    public long totalTokens() {
        return inputTokens() + cacheCreationTokens() + cacheReadTokens() + outputTokens();
    }

    /** This and {@code other} together, for instance the costs of several sessions. */
    public Cost plus(Cost other) {
        Map<String, ModelUsage> all = new LinkedHashMap<>(models);
        other.models.forEach((model, usage) -> all.merge(model, usage, Cost::add));
        return new Cost(turns + other.turns, followUps + other.followUps, requests + other.requests, all);
    }

    private long sum(ToLongFunction<ModelUsage> part) {
        return models.values().stream().mapToLong(part).sum();
    }

    private static ModelUsage add(ModelUsage a, ModelUsage b) {
        return new ModelUsage(
                a.inputTokens() + b.inputTokens(),
                a.outputTokens() + b.outputTokens(),
                add(a.thinkingTokens(), b.thinkingTokens()),
                a.cacheReadInputTokens() + b.cacheReadInputTokens(),
                a.cacheCreationInputTokens() + b.cacheCreationInputTokens(),
                add(a.cacheCreationEphemeral5mInputTokens(), b.cacheCreationEphemeral5mInputTokens()),
                add(a.cacheCreationEphemeral1hInputTokens(), b.cacheCreationEphemeral1hInputTokens()),
                a.webSearchRequests() + b.webSearchRequests(),
                a.costUsd() + b.costUsd(),
                b.contextWindow(),
                b.maxOutputTokens(),
                b.canonicalModel(),
                b.provider(),
                b.costBasis());
    }

    private static @Nullable Long add(@Nullable Long a, @Nullable Long b) {
        return a == null && b == null ? null : Long.valueOf(orZero(a) + orZero(b));
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }
}
