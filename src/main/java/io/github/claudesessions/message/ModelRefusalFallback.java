package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The model refused, and another one answers. Wire type {@code system/model_refusal_fallback}.
 *
 * @param trigger {@code refusal}
 * @param direction {@code retry}, {@code revert} or {@code sticky}
 * @param scope {@code session} or {@code local}, or null
 * @param originalModel the model that refused
 * @param fallbackModel the model that answers
 * @param requestId the API's id of the request, or null
 * @param apiRefusalCategory kind of the refusal, or null
 * @param apiRefusalExplanation the API's explanation, or null
 * @param retractedMessageUuids messages that are void now; empty if absent
 * @param refusedUserMessageUuid the prompt, or null
 * @param content text to show
 */
public record ModelRefusalFallback(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String trigger,
        String direction,
        @Nullable String scope,
        String originalModel,
        String fallbackModel,
        @Nullable String requestId,
        @Nullable String apiRefusalCategory,
        @Nullable String apiRefusalExplanation,
        List<String> retractedMessageUuids,
        @Nullable String refusedUserMessageUuid,
        String content)
        implements SystemMessage {
    /** Copies the collections. */
    public ModelRefusalFallback {
        retractedMessageUuids = List.copyOf(retractedMessageUuids);
    }
}
