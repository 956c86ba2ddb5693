package io.github.claudesessions.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the model said, one message per content block of its answer: messages of one answer have the same {@link #id()}.
 * Wire type {@code assistant}.
 *
 * @param id the API's id of the answer, or null
 * @param model the model, {@code <synthetic>} if the CLI made the message
 * @param content the blocks
 * @param stopReason why the model stopped, null while it goes on
 * @param stopSequence the stop sequence that it wrote, or null
 * @param usage tokens of the request so far
 * @param parentToolUseId the tool call whose subagent speaks, null for the main agent
 * @param error kind of the API error that the message reports, or null
 * @param aborted true if an interrupt cut it off
 * @param requestId the API's id of the request, or null
 * @param userMessageUuid the last of the prompts that it answers, or null
 * @param userMessageUuids the prompts that it answers; empty if absent
 * @param agentId the subagent that speaks, or null
 * @param subagentType its type, or null
 * @param taskDescription what the subagent is for, or null
 * @param supersedes uuids of earlier messages that it replaces; empty if absent
 * @param resumeReason why the turn was resumed, or null
 * @param resumedFromIncompleteThinking true if it goes on after thinking that was cut off
 * @param timestamp when, in ISO 8601, or null
 * @param contextUsage what fills the context; empty if absent
 * @param usageReport cost and limits of the session; empty if absent
 */
public record AssistantMessage(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        @Nullable String id,
        String model,
        List<ContentBlock> content,
        @Nullable StopReason stopReason,
        @Nullable String stopSequence,
        Usage usage,
        @Nullable String parentToolUseId,
        @Nullable ApiErrorKind error,
        boolean aborted,
        @Nullable String requestId,
        @Nullable String userMessageUuid,
        List<String> userMessageUuids,
        @Nullable String agentId,
        @Nullable String subagentType,
        @Nullable String taskDescription,
        List<String> supersedes,
        @Nullable String resumeReason,
        boolean resumedFromIncompleteThinking,
        @Nullable String timestamp,
        Map<String, Object> contextUsage,
        Map<String, Object> usageReport)
        implements Message {
    private static final String SYNTHETIC = "<synthetic>";

    /** Copies the collections. */
    public AssistantMessage {
        content = List.copyOf(content);
        userMessageUuids = List.copyOf(userMessageUuids);
        supersedes = List.copyOf(supersedes);
        contextUsage = Copies.map(contextUsage);
        usageReport = Copies.map(usageReport);
    }

    /** The text of all text blocks, one after the other; empty if there is none. */
    public String text() {
        return Blocks.text(content, "");
    }

    /** The tool calls among the blocks. */
    public List<ToolUseBlock> toolUses() {
        return Blocks.only(ToolUseBlock.class, content);
    }

    /** True if the CLI made the message, not the model: the text of an API error, for instance. */
    public boolean isSynthetic() {
        return model.equals(SYNTHETIC);
    }
}
