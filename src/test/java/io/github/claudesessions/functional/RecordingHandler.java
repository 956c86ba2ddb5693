package io.github.claudesessions.functional;

import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.permission.PermissionRequest;
import io.github.claudesessions.permission.PlanReply;
import io.github.claudesessions.permission.PlanRequest;
import io.github.claudesessions.permission.QuestionReply;
import io.github.claudesessions.permission.QuestionRequest;
import java.util.List;

/** Notes what another handler is asked. */
record RecordingHandler(PermissionHandler handler, List<PermissionRequest> asked) implements PermissionHandler {
    @Override
    public PermissionDecision decide(PermissionRequest request) throws Exception {
        asked.add(request);
        return handler.decide(request);
    }

    @Override
    public QuestionReply answer(QuestionRequest questions) throws Exception {
        asked.add(questions.request());
        return handler.answer(questions);
    }

    @Override
    public PlanReply review(PlanRequest plan) throws Exception {
        asked.add(plan.request());
        return handler.review(plan);
    }
}
