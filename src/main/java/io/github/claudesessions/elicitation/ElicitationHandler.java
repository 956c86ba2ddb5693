package io.github.claudesessions.elicitation;

/**
 * Answers what MCP servers outside this JVM ask of the user, usually while one of their tools runs.
 *
 * <p>Each question is asked on a virtual thread of its own, several at once if several servers ask; the tool waits for
 * the answer, and the turn for the tool. A handler may send control requests of its session, but can't start a turn of it.
 * When the answer is no longer wanted (the server has given up, the turn was interrupted, the session was closed), the
 * thread is interrupted.
 *
 * <p>Hooks on {@link io.github.claudesessions.hook.HookEvent#ELICITATION ELICITATION} come first: what one declines, or a
 * command in the settings answers, the handler is not asked. It is not asked either when the option
 * {@code permissionPrompts} is {@code NONE}: the CLI then cancels each question itself.
 *
 * <p>No server gets an answer that was not given: a handler that throws, that returns null, that takes longer than the
 * option {@code elicitationTimeout}, or whose answer does not fit the form, cancels the question. What went wrong is in the
 * log, and the server is not told.
 *
 * {@snippet file="io/github/claudesessions/functional/ElicitationTest.java" region="handler"}
 */
@FunctionalInterface
public interface ElicitationHandler {
    /**
     * Answers one question.
     *
     * @throws Exception to cancel it
     */
    ElicitationReply answer(ElicitationRequest request) throws Exception;
}
