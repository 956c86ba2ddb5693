package io.github.claudesessions.message;

import java.util.List;

/**
 * What a tool gave back. Wire type {@code tool_result}.
 *
 * @param toolUseId id of the call
 * @param content the blocks; a plain string is one {@link TextBlock}
 * @param isError true if the tool failed
 */
public record ToolResultBlock(String toolUseId, List<ContentBlock> content, boolean isError) implements ContentBlock {
    /** Copies the collections. */
    public ToolResultBlock {
        content = List.copyOf(content);
    }

    /** The text of all text blocks, one a line; empty if there is none. */
    public String text() {
        return Blocks.text(content, "\n");
    }
}
