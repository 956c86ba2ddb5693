package io.github.claudesessions.hook;

import java.util.List;

/**
 * All tools that the model called at once have run. Hook event {@code PostToolBatch}.
 *
 * @param context what is known at every event
 * @param toolCalls the calls
 */
public record PostToolBatchInput(HookContext context, List<ToolCall> toolCalls) implements HookInput {
    /** Copies the collections. */
    public PostToolBatchInput {
        toolCalls = List.copyOf(toolCalls);
    }
}
