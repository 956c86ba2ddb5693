package io.github.claudesessions.hook;

import io.github.claudesessions.message.ApiErrorKind;
import org.jspecify.annotations.Nullable;

/**
 * A turn ended because of an error of the API. Hook event {@code StopFailure}.
 *
 * @param context what is known at every event
 * @param error kind of the error
 * @param errorDetails more about it, or null
 * @param lastAssistantMessage the last text of the model, or null
 */
public record StopFailureInput(
        HookContext context,
        ApiErrorKind error,
        @Nullable String errorDetails,
        @Nullable String lastAssistantMessage) implements HookInput {}
