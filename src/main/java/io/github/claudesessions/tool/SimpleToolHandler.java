package io.github.claudesessions.tool;

/**
 * A {@link ToolHandler} that needs nothing but its input.
 *
 * @param <I> the input
 */
@FunctionalInterface
public interface SimpleToolHandler<I> {
    /** As {@link ToolHandler#handle}. */
    ToolResult handle(I input) throws Exception;
}
