package io.github.claudesessions.tool;

/**
 * A {@link ToolHandler} that needs nothing but its input.
 *
 * @param <I> the input
 */
@FunctionalInterface
public interface SimpleToolHandler<I> {
    /**
     * As {@link ToolHandler#handle}.
     *
     * @return the answer, or {@link ToolResult#error} with a text chosen for the model
     * @throws Exception the model is told the name of its class and its message: one that must not leave this JVM is to
     *     be caught
     */
    ToolResult handle(I input) throws Exception;
}
