package io.github.claudesessions.permission;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The model has made its plan and wants to begin: a call of its tool {@code ExitPlanMode}.
 *
 * @param plan the plan, in Markdown; the CLI takes it from the file that the model wrote it to. Empty if there is none
 * @param planFile that file, on the machine of the CLI, or null
 * @param request the call
 */
public record PlanRequest(String plan, @Nullable String planFile, PermissionRequest request) {
    /** Name of the tool. */
    public static final String TOOL = "ExitPlanMode";

    /** The plan of {@code request}; empty if it is a call of another tool. */
    public static Optional<PlanRequest> of(PermissionRequest request) {
        if (!request.toolName().equals(TOOL)) {
            return Optional.empty();
        }
        String plan = text(request, "plan");
        return Optional.of(new PlanRequest(plan == null ? "" : plan, text(request, "planFilePath"), request));
    }

    private static @Nullable String text(PermissionRequest request, String field) {
        return request.input().get(field) instanceof String text ? text : null;
    }

    /** The call; the plan is left out. */
    @Override
    public String toString() {
        return "PlanRequest[" + request + "]";
    }
}
