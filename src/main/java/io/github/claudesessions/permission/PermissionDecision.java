package io.github.claudesessions.permission;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.Frozen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of a tool call. */
public sealed interface PermissionDecision {
    /** The call runs as it is. */
    static Allow allow() {
        return new Allow(null, List.of(), null);
    }

    /**
     * The call does not run, and the turn goes on.
     *
     * @param message what the model is told
     */
    static Deny deny(String message) {
        return new Deny(Check.notBlank("message", message), false, null);
    }

    /**
     * The call runs.
     *
     * @param updatedInput the input that it runs with, null for its own
     * @param updatedPermissions what changes for the calls after it
     * @param classification what a person chose, or null: the CLI takes it for allowed once
     */
    record Allow(
            @Nullable Map<String, Object> updatedInput,
            List<PermissionUpdate> updatedPermissions,
            @Nullable DecisionClassification classification)
            implements PermissionDecision {
        /** Copies the collections. */
        public Allow {
            updatedInput = updatedInput == null ? null : Frozen.map(updatedInput);
            updatedPermissions = List.copyOf(updatedPermissions);
        }

        /** The call runs with {@code input}, all of it, instead of its own. The CLI checks it as it does the model's. */
        public Allow withInput(Map<String, ?> input) {
            return new Allow(Frozen.map(Check.notNull("input", input)), updatedPermissions, classification);
        }

        /**
         * Also changes the permissions, for example by {@link PermissionRequest#suggestions()}. A change that is malformed
         * is left out, with a warning in the log.
         */
        public Allow remember(Collection<? extends PermissionUpdate> updates) {
            List<PermissionUpdate> all = new ArrayList<>(updatedPermissions);
            all.addAll(Check.notNull("updates", updates));
            return new Allow(updatedInput, all, classification);
        }

        /** As {@link #remember(Collection)}. */
        public Allow remember(PermissionUpdate... updates) {
            return remember(Arrays.asList(Check.notNull("updates", updates)));
        }

        /** Says what a person chose, for telemetry. */
        public Allow classified(DecisionClassification classification) {
            return new Allow(updatedInput, updatedPermissions, Check.notNull("classification", classification));
        }

        /** Whether the input changes, and how many permissions; the input is left out. */
        @Override
        public String toString() {
            return "Allow[" + (updatedInput == null ? "own input" : "changed input") + ", updatedPermissions="
                    + updatedPermissions.size() + "]";
        }
    }

    /**
     * The call does not run.
     *
     * @param message what the model is told
     * @param interrupt whether the turn ends
     * @param classification what a person chose, or null: the CLI takes it for a refusal
     */
    record Deny(String message, boolean interrupt, @Nullable DecisionClassification classification)
            implements PermissionDecision {
        /** Checks that there is a message. */
        public Deny {
            Check.notNull("message", message);
        }

        /** The turn ends too. Its result is an error. */
        public Deny interrupting() {
            return new Deny(message, true, classification);
        }

        /** Says what a person chose, for telemetry. */
        public Deny classified(DecisionClassification classification) {
            return new Deny(message, interrupt, Check.notNull("classification", classification));
        }
    }
}
