package io.github.claudesessions.permission;

import java.util.List;
import java.util.Map;

/** The wire form of changes that were made here. */
final class UpdateMaps {
    private UpdateMaps() {}

    static Map<String, Object> rules(
            String type, List<PermissionRule> rules, PermissionBehavior behavior, PermissionDestination destination) {
        return Map.of(
                "type",
                type,
                "rules",
                rules.stream().map(PermissionRule::toMap).toList(),
                "behavior",
                behavior.value(),
                "destination",
                destination.value());
    }
}
