package io.github.claudesessions.tool;

/**
 * What a tool does. Each call runs on a virtual thread of its own, at the same time as others; the time limit of the
 * tool and an interrupt of the turn interrupt that thread. It can't start a turn of the session that calls it.
 *
 * <p>What a handler throws goes to the model, and so to the API and into the transcript: the name of its class and its
 * message, so that the model knows what was wrong; not its causes, nor its stack trace. A message that must stay here,
 * such as one of a database driver that quotes a row or a URL with a password, must be caught by the handler; it can
 * answer {@link ToolResult#error} instead, with a text chosen for the model.
 *
 * @param <I> the input: a record, or a map for a tool with an explicit schema
 */
@FunctionalInterface
public interface ToolHandler<I> {
    /**
     * Answers one call.
     *
     * @param input the model's input, which fits the schema
     * @return the answer, or {@link ToolResult#error} with a text chosen for the model
     * @throws Exception the model is told the name of its class and its message, as an error that it can react to
     */
    ToolResult handle(I input, ToolContext context) throws Exception;
}
