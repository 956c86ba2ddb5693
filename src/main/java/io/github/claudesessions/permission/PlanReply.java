package io.github.claudesessions.permission;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.message.PermissionMode;
import org.jspecify.annotations.Nullable;

/** What becomes of a {@link PlanRequest}. */
public sealed interface PlanReply {
    /** The model carries the plan out, in the permission mode that the session had before it planned. */
    static Approved approve() {
        return new Approved(null);
    }

    /** The model carries the plan out, and the session goes on in {@code mode}. */
    static Approved approve(PermissionMode mode) {
        return new Approved(Check.notNull("mode", mode));
    }

    /**
     * The model goes on planning.
     *
     * @param feedback what it is told
     */
    static Rejected reject(String feedback) {
        return new Rejected(Check.notBlank("feedback", feedback));
    }

    /** The decision that says this to the CLI. */
    PermissionDecision toDecision();

    /**
     * The plan is carried out.
     *
     * @param mode the permission mode from now on, null for the one before the planning
     */
    record Approved(@Nullable PermissionMode mode) implements PlanReply {
        @Override
        public PermissionDecision toDecision() {
            PermissionDecision.Allow allow = PermissionDecision.allow();
            return mode == null ? allow : allow.remember(PermissionUpdate.setMode(mode));
        }
    }

    /**
     * The plan is not carried out.
     *
     * @param feedback what the model is told
     */
    record Rejected(String feedback) implements PlanReply {
        @Override
        public PermissionDecision toDecision() {
            return PermissionDecision.deny(feedback);
        }
    }

    /**
     * A decision as about any other tool.
     *
     * @param decision the decision
     */
    record Decided(PermissionDecision decision) implements PlanReply {
        @Override
        public PermissionDecision toDecision() {
            return decision;
        }
    }
}
