package io.github.claudesessions.message;

import io.github.claudesessions.internal.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message in the user's role: results of tools, notes of the CLI, and, when replays are on, the prompts themselves.
 * Wire type {@code user}.
 *
 * @param content the blocks; a plain string is one {@link TextBlock}, anything else an {@link UnknownBlock}
 * @param parentToolUseId the tool call whose subagent is spoken to, null for the main agent
 * @param toolUseResult the tool's result as data: a map, a list, a string, a number, a boolean, or null
 * @param isSynthetic true if the CLI made it
 * @param isReplay true if it repeats a prompt that was sent
 * @param origin who caused it, null for the host
 * @param priority {@code now}, {@code next} or {@code later}, or null
 * @param shouldQuery false if the model was not to answer; null if absent, which means true
 * @param timestamp when, in ISO 8601, or null
 * @param clientComposed true if a client put it together
 * @param agentId the subagent that is spoken to, or null
 * @param subagentType its type, or null
 * @param taskDescription what the subagent is for, or null
 * @param pastedContent what was pasted into the prompt; empty if absent
 * @param inlinePastes texts that were pasted into the prompt; empty if absent
 * @param fileAttachments files that came with the prompt; empty if absent
 */
public record UserMessage(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        List<ContentBlock> content,
        @Nullable String parentToolUseId,
        @Nullable Object toolUseResult,
        boolean isSynthetic,
        boolean isReplay,
        @Nullable Origin origin,
        @Nullable String priority,
        @Nullable Boolean shouldQuery,
        @Nullable String timestamp,
        boolean clientComposed,
        @Nullable String agentId,
        @Nullable String subagentType,
        @Nullable String taskDescription,
        List<ContentBlock> pastedContent,
        List<String> inlinePastes,
        List<Object> fileAttachments)
        implements Message {
    /** Copies the collections. */
    public UserMessage {
        content = List.copyOf(content);
        pastedContent = List.copyOf(pastedContent);
        inlinePastes = List.copyOf(inlinePastes);
        fileAttachments = List.copyOf(fileAttachments);
    }

    /** The text of all text blocks, one after the other; empty if there is none. */
    public String text() {
        return Blocks.text(content, "");
    }

    /** The results of tools among the blocks. */
    public List<ToolResultBlock> toolResults() {
        return Blocks.only(ToolResultBlock.class, content);
    }

    /**
     * The tool's result bound to {@code type}, a record or a bean.
     *
     * @throws IllegalStateException if there is none
     * @throws IllegalArgumentException if it does not fit the type
     */
    public <T> T toolUseResultAs(Class<T> type) {
        if (toolUseResult == null) {
            throw new IllegalStateException("the message has no tool_use_result");
        }
        return Json.bind(toolUseResult, type);
    }
}
