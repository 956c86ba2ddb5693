package io.github.claudesessions.message;

/**
 * A part of a message. A type that this version of the library does not know is an {@link UnknownBlock}; what a line
 * does not have is null, or an empty list or map. Immutable.
 */
public sealed interface ContentBlock
        permits TextBlock,
                ThinkingBlock,
                RedactedThinkingBlock,
                ToolUseBlock,
                ToolResultBlock,
                ImageBlock,
                DocumentBlock,
                SearchResultBlock,
                ServerToolUseBlock,
                McpToolUseBlock,
                ServerToolResultBlock,
                ContainerUploadBlock,
                CompactionBlock,
                FallbackBlock,
                MidConvSystemBlock,
                ToolReferenceBlock,
                UnknownBlock {}
