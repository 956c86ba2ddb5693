package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * What the API says about the account's rate limit.
 *
 * @param status what it means for the next request
 * @param resetsAt when the window ends, in seconds since 1970, or null
 * @param rateLimitType the window, or null
 * @param utilization the part that is used, or null
 * @param overageStatus the same for usage beyond the plan, or null
 * @param overageResetsAt when the window of that ends, in seconds since 1970, or null
 * @param overageDisabledReason why there is none, or null
 * @param isUsingOverage whether this session uses it, or null
 * @param overageInUse whether the account uses it, or null
 * @param overageEnabled whether it is switched on, or null
 * @param surpassedThreshold the warning threshold that was passed, or null
 * @param limitScope {@code service}, {@code channel} or {@code group_pool}, or null
 * @param errorCode code of the refusal, or null
 * @param canUserPurchaseCredits whether the user can buy more, or null
 * @param hasChargeableSavedPaymentMethod whether there is a means of payment, or null
 */
public record RateLimitInfo(
        RateLimitStatus status,
        @Nullable Long resetsAt,
        @Nullable RateLimitType rateLimitType,
        @Nullable Double utilization,
        @Nullable RateLimitStatus overageStatus,
        @Nullable Long overageResetsAt,
        @Nullable String overageDisabledReason,
        @Nullable Boolean isUsingOverage,
        @Nullable Boolean overageInUse,
        @Nullable Boolean overageEnabled,
        @Nullable Double surpassedThreshold,
        @Nullable String limitScope,
        @Nullable String errorCode,
        @Nullable Boolean canUserPurchaseCredits,
        @Nullable Boolean hasChargeableSavedPaymentMethod) {}
