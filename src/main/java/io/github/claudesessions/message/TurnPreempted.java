package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A prompt cut off the turn that was under way. Wire type {@code system/turn_preempted}.
 *
 * @param reason why
 * @param preemptedByUuid the prompt that did it
 * @param preemptedMessageUuids the prompts of the turn
 */
public record TurnPreempted(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String reason,
        String preemptedByUuid,
        List<String> preemptedMessageUuids)
        implements SystemMessage {
    /** Copies the collections. */
    public TurnPreempted {
        preemptedMessageUuids = List.copyOf(preemptedMessageUuids);
    }
}
