package io.github.claudesessions.permission;

import java.util.Optional;

/**
 * The model has made its plan and wants to begin: a call of its tool {@code ExitPlanMode}.
 *
 * @param plan the plan, in Markdown; empty if the model did not give one
 * @param request the call
 */
public record PlanRequest(String plan, PermissionRequest request) {
    /** Name of the tool. */
    public static final String TOOL = "ExitPlanMode";

    /** The plan of {@code request}; empty if it is a call of another tool. */
    public static Optional<PlanRequest> of(PermissionRequest request) {
        return request.toolName().equals(TOOL)
                ? Optional.of(new PlanRequest(request.input().get("plan") instanceof String plan ? plan : "", request))
                : Optional.empty();
    }

    /** The call; the plan is left out. */
    @Override
    public String toString() {
        return "PlanRequest[" + request + "]";
    }
}
