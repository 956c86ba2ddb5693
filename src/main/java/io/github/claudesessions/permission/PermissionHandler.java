package io.github.claudesessions.permission;

/**
 * Decides about the tool calls that no rule of the CLI allows or denies.
 *
 * <p>Each question is asked on a virtual thread of its own, several at once if the model calls tools in parallel; the
 * turn waits for the answer. A handler may send control requests of its session, but can't start a turn of it. When the
 * CLI no longer wants the answer (the turn was interrupted, the session was closed), the thread is interrupted.
 *
 * <p>Nothing runs without an answer: a handler that throws, that returns null, or that takes longer than the option
 * {@code permissionTimeout} denies the call, and the model is told so, without what was thrown.
 *
 * {@snippet file="io/github/claudesessions/functional/PermissionTest.java" region="handler"}
 */
@FunctionalInterface
public interface PermissionHandler {
    /**
     * Decides about one call.
     *
     * @throws Exception to deny it
     */
    PermissionDecision decide(PermissionRequest request) throws Exception;

    /**
     * Answers questions of the model to the user, its tool {@code AskUserQuestion}. By default {@link #decide} is asked; if
     * that allows the call, the model gets the answers that the changed input has, or none.
     *
     * @throws Exception to deny the call
     */
    default QuestionReply answer(QuestionRequest questions) throws Exception {
        return new QuestionReply.Decided(decide(questions.request()));
    }

    /**
     * Reviews the plan that the model made in permission mode {@code plan}, its tool {@code ExitPlanMode}. By default
     * {@link #decide} is asked.
     *
     * @throws Exception to reject the plan
     */
    default PlanReply review(PlanRequest plan) throws Exception {
        return new PlanReply.Decided(decide(plan.request()));
    }
}
