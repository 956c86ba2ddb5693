package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The session changed to another model because the API could not serve the one it had. Wire type
 * {@code system/model_fallback}.
 *
 * @param trigger why, such as {@code overloaded}
 * @param originalModel the model that it had
 * @param fallbackModel the model that answers now
 * @param content text to show
 */
public record ModelFallback(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String trigger,
        String originalModel,
        String fallbackModel,
        String content)
        implements SystemMessage {}
