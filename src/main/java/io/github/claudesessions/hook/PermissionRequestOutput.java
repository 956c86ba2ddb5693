package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionUpdate;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a hook says while the permission handler is asked. Whoever decides first decides; the handler is then interrupted. */
public final class PermissionRequestOutput extends HookOutput<PermissionRequestOutput> {
    private PermissionRequestOutput(Map<String, Object> common, Map<String, Object> specific) {
        super(common, specific);
    }

    /** Nothing: the permission handler decides. */
    public static PermissionRequestOutput proceed() {
        return new PermissionRequestOutput(Map.of(), Map.of());
    }

    /** Decides instead of the permission handler. */
    public static PermissionRequestOutput decide(PermissionDecision decision) {
        Map<String, Object> answer = new LinkedHashMap<>();
        switch (Check.notNull("decision", decision)) {
            case PermissionDecision.Allow allow -> {
                answer.put("behavior", "allow");
                if (allow.updatedInput() != null) {
                    answer.put("updatedInput", allow.updatedInput());
                }
                if (!allow.updatedPermissions().isEmpty()) {
                    answer.put(
                            "updatedPermissions",
                            allow.updatedPermissions().stream()
                                    .map(PermissionUpdate::toMap)
                                    .toList());
                }
            }
            case PermissionDecision.Deny deny -> {
                answer.put("behavior", "deny");
                answer.put("message", deny.message());
                if (deny.interrupt()) {
                    answer.put("interrupt", true);
                }
            }
        }
        return new PermissionRequestOutput(Map.of(), Map.of("decision", answer));
    }

    @Override
    PermissionRequestOutput make(Map<String, Object> common, Map<String, Object> specific) {
        return new PermissionRequestOutput(common, specific);
    }
}
