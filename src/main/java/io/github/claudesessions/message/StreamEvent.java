package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the model's answer while it is being produced. Comes only when partial messages are on. Wire type
 * {@code stream_event}.
 *
 * @param event the event of the API's stream
 * @param parentToolUseId the tool call whose subagent speaks, null for the main agent
 * @param ttftMs time to the first token in milliseconds, or null
 * @param userMessageUuid the last of the prompts that are answered, or null
 * @param userMessageUuids the prompts that are answered; empty if absent
 * @param resumeReason why the turn was resumed, or null
 * @param apiMessageId the API's id of the answer, as in {@link AssistantMessage#id()}, or null
 */
public record StreamEvent(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        ApiEvent event,
        @Nullable String parentToolUseId,
        @Nullable Long ttftMs,
        @Nullable String userMessageUuid,
        List<String> userMessageUuids,
        @Nullable String resumeReason,
        @Nullable String apiMessageId)
        implements Message {
    /** Copies the collections. */
    public StreamEvent {
        userMessageUuids = List.copyOf(userMessageUuids);
    }
}
