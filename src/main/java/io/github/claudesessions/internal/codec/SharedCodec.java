package io.github.claudesessions.internal.codec;

import io.github.claudesessions.message.DeferredToolUse;
import io.github.claudesessions.message.ModelUsage;
import io.github.claudesessions.message.PermissionDenial;
import io.github.claudesessions.message.RateLimitInfo;
import io.github.claudesessions.message.RateLimitStatus;
import io.github.claudesessions.message.RateLimitType;
import io.github.claudesessions.message.ResourceLink;
import io.github.claudesessions.message.SlashCommand;
import io.github.claudesessions.message.TaskUsage;

/** Records that several messages share. */
final class SharedCodec {
    private SharedCodec() {}

    static ModelUsage modelUsage(Fields f) {
        return new ModelUsage(
                f.number("inputTokens"),
                f.number("outputTokens"),
                f.numberOrNull("thinkingTokens"),
                f.number("cacheReadInputTokens"),
                f.number("cacheCreationInputTokens"),
                f.numberOrNull("cacheCreationEphemeral5mInputTokens"),
                f.numberOrNull("cacheCreationEphemeral1hInputTokens"),
                f.number("webSearchRequests"),
                f.decimal("costUSD"),
                f.number("contextWindow"),
                f.number("maxOutputTokens"),
                f.stringOrNull("canonicalModel"),
                f.stringOrNull("provider"),
                f.stringOrNull("costBasis"));
    }

    static PermissionDenial permissionDenial(Fields f) {
        return new PermissionDenial(f.string("tool_name"), f.string("tool_use_id"), f.map("tool_input"));
    }

    static DeferredToolUse deferredToolUse(Fields f) {
        return new DeferredToolUse(f.string("id"), f.string("name"), f.map("input"));
    }

    static RateLimitInfo rateLimitInfo(Fields f) {
        return new RateLimitInfo(
                f.value("status", RateLimitStatus::new),
                f.numberOrNull("resetsAt"),
                f.valueOrNull("rateLimitType", RateLimitType::new),
                f.decimalOrNull("utilization"),
                f.valueOrNull("overageStatus", RateLimitStatus::new),
                f.numberOrNull("overageResetsAt"),
                f.stringOrNull("overageDisabledReason"),
                f.flagOrNull("isUsingOverage"),
                f.flagOrNull("overageInUse"),
                f.flagOrNull("overageEnabled"),
                f.decimalOrNull("surpassedThreshold"),
                f.stringOrNull("limitScope"),
                f.stringOrNull("errorCode"),
                f.flagOrNull("canUserPurchaseCredits"),
                f.flagOrNull("hasChargeableSavedPaymentMethod"));
    }

    static SlashCommand slashCommand(Fields f) {
        return new SlashCommand(
                f.string("name"),
                f.string("description"),
                f.string("argumentHint"),
                f.stringsOrEmpty("aliases"),
                f.flagOrNull("builtin"));
    }

    static TaskUsage taskUsage(Fields f) {
        return new TaskUsage(f.number("total_tokens"), f.integer("tool_uses"), f.number("duration_ms"));
    }

    static ResourceLink resourceLink(Fields f) {
        return new ResourceLink(
                f.string("uri"),
                f.string("name"),
                f.stringOrNull("title"),
                f.stringOrNull("description"),
                f.stringOrNull("mimeType"),
                f.numberOrNull("size"),
                f.mapOrEmpty("annotations"));
    }
}
