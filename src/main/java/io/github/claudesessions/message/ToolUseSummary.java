package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sentence about the preceding tool calls. Wire type {@code tool_use_summary}.
 *
 * @param summary the sentence
 * @param precedingToolUseIds ids of the calls
 */
public record ToolUseSummary(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String summary,
        List<String> precedingToolUseIds)
        implements Message {
    /** Copies the collections. */
    public ToolUseSummary {
        precedingToolUseIds = List.copyOf(precedingToolUseIds);
    }
}
