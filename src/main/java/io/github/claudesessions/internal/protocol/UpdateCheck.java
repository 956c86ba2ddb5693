package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.permission.PermissionBehavior;
import io.github.claudesessions.permission.PermissionDestination;
import io.github.claudesessions.permission.PermissionRule;
import io.github.claudesessions.permission.PermissionUpdate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the CLI would not accept as a change of permissions. */
final class UpdateCheck {
    private static final Set<PermissionBehavior> BEHAVIORS =
            Set.of(PermissionBehavior.ALLOW, PermissionBehavior.DENY, PermissionBehavior.ASK);
    private static final Set<PermissionDestination> DESTINATIONS = Set.of(
            PermissionDestination.USER_SETTINGS,
            PermissionDestination.PROJECT_SETTINGS,
            PermissionDestination.LOCAL_SETTINGS,
            PermissionDestination.SESSION,
            PermissionDestination.CLI_ARG);

    private UpdateCheck() {}

    /** What is wrong with {@code update}, or null. */
    static @Nullable String problem(PermissionUpdate update) {
        return switch (update) {
            case PermissionUpdate.AddRules u -> rules(u.rules(), u.behavior(), u.destination());
            case PermissionUpdate.ReplaceRules u -> rules(u.rules(), u.behavior(), u.destination());
            case PermissionUpdate.RemoveRules u -> rules(u.rules(), u.behavior(), u.destination());
            case PermissionUpdate.SetMode u ->
                u.mode().value().isBlank() ? "it has no mode" : destination(u.destination());
            case PermissionUpdate.AddDirectories u -> directories(u.directories(), u.destination());
            case PermissionUpdate.RemoveDirectories u -> directories(u.directories(), u.destination());
            case PermissionUpdate.Unknown u -> "its type is unknown, and the CLI did not suggest it";
        };
    }

    private static @Nullable String rules(
            List<PermissionRule> rules, PermissionBehavior behavior, PermissionDestination destination) {
        if (rules.stream().anyMatch(rule -> rule.toolName().isBlank())) {
            return "a rule names no tool";
        }
        return BEHAVIORS.contains(behavior) ? destination(destination) : "its behavior is \"" + behavior + "\"";
    }

    private static @Nullable String directories(List<String> directories, PermissionDestination destination) {
        return directories.stream().anyMatch(String::isBlank) ? "a folder is blank" : destination(destination);
    }

    private static @Nullable String destination(PermissionDestination destination) {
        return DESTINATIONS.contains(destination) ? null : "its destination is \"" + destination + "\"";
    }
}
