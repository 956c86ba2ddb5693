package io.github.claudesessions.tool;

/**
 * What a tool does. Each call runs on a virtual thread of its own, at the same time as others; the time limit of the
 * tool and an interrupt of the turn interrupt that thread. It can't start a turn of the session that calls it.
 *
 * @param <I> the input: a record, or a map for a tool with an explicit schema
 */
@FunctionalInterface
public interface ToolHandler<I> {
    /**
     * Answers one call.
     *
     * @param input the model's input, which fits the schema
     * @throws Exception the model is told its class and message, as an error that it can react to
     */
    ToolResult handle(I input, ToolContext context) throws Exception;
}
