package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * Feedback was drafted and waits for the user. Wire type {@code system/feedback_draft_queued}.
 *
 * @param draftId id of the draft
 * @param draftType {@code bug}, {@code idea} or {@code missing_capability}
 * @param title its title
 * @param detailsPreview its beginning
 */
public record FeedbackDraftQueued(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String draftId,
        String draftType,
        String title,
        String detailsPreview)
        implements SystemMessage {}
