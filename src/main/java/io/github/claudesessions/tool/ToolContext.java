package io.github.claudesessions.tool;

import java.util.Optional;

/** One call of a tool, as its handler sees it. May be used by any thread. */
public interface ToolContext {
    /** The name of the tool that is called. */
    String toolName();

    /** The id of the {@code tool_use} block that calls; empty if the caller did not say. */
    Optional<String> toolUseId();

    /** The id of the conversation, if it is known yet. */
    Optional<String> sessionId();

    /**
     * The object that the option {@code toolContext} gave this session: the user, the tenant, the open transaction.
     *
     * @throws IllegalStateException if the session has none, or one of another type
     */
    <T> T session(Class<T> type);

    /**
     * Tells how far the work is. Without effect once the call is over. The CLI takes these notices; that the model does
     * not see them is up to it.
     *
     * @param done how much is done; should grow with each notice
     * @param total how much there is, or a negative number if that is not known
     * @param message what is going on, may be empty
     */
    void progress(double done, double total, String message);
}
