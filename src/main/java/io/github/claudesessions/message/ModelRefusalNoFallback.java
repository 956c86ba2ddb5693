package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The model refused, and no other one answers. Wire type {@code system/model_refusal_no_fallback}.
 *
 * @param originalModel the model
 * @param requestId the API's id of the request, or null
 * @param apiRefusalCategory kind of the refusal, or null
 * @param apiRefusalExplanation the API's explanation, or null
 * @param refusedUserMessageUuid the prompt, or null
 * @param content text to show
 */
public record ModelRefusalNoFallback(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String originalModel,
        @Nullable String requestId,
        @Nullable String apiRefusalCategory,
        @Nullable String apiRefusalExplanation,
        @Nullable String refusedUserMessageUuid,
        String content)
        implements SystemMessage {}
