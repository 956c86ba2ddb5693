package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.StatusMessage;
import io.github.claudesessions.permission.PermissionUpdate;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was changed since a conversation was opened, by control requests, by answers to permission requests, or by the
 * CLI itself. The next process of the conversation starts from it: with the options alone it would fall back, for
 * instance, to a looser permission mode. Any thread.
 */
public final class Changes {
    /** What a request is about beside its subtype, so that the latest for each replaces the one before. */
    private static final Map<String, String> REPLAYED = Map.of(
            "set_max_thinking_tokens", "",
            "mcp_set_servers", "",
            "mcp_toggle", "serverName",
            "set_mcp_permission_mode_override", "serverName",
            "register_repo_root", "directory",
            "set_cwd", "",
            "apply_flag_settings", "");

    private static final Set<String> ABOUT_MCP = Set.of("mcp_set_servers", "mcp_toggle");

    @GuardedBy("this")
    private @Nullable PermissionMode permissionMode;

    @GuardedBy("this")
    private boolean modelChanged;

    /** Null: the default. */
    @GuardedBy("this")
    private @Nullable String model;

    @GuardedBy("this")
    private final Map<String, Request> requests = new LinkedHashMap<>();

    @GuardedBy("this")
    private final Set<String> secrets = new HashSet<>();

    private final SessionRules rules = new SessionRules();

    private record Request(String subtype, ObjectNode body) {}

    /** The CLI has accepted a control request. */
    synchronized void accepted(String subtype, ObjectNode body) {
        if (subtype.equals("set_permission_mode")) {
            permissionMode = new PermissionMode(body.path("mode").asText());
        } else if (subtype.equals("set_model")) {
            modelChanged = true;
            model = body.path("model").textValue();
        } else if (REPLAYED.containsKey(subtype)) {
            String key = subtype + " "
                    + body.path(REPLAYED.getOrDefault(subtype, "")).asText();
            Request before = requests.remove(key); // the order is that of the latest ones
            requests.put(key, new Request(subtype, merged(subtype, before, body)));
        }
    }

    /** Flag settings add up; of everything else the latest counts. */
    private static ObjectNode merged(String subtype, @Nullable Request before, ObjectNode body) {
        if (before == null || !subtype.equals("apply_flag_settings")) {
            return body.deepCopy();
        }
        ObjectNode all = before.body.deepCopy();
        body.path("settings")
                .properties()
                .forEach(setting -> all.withObjectProperty("settings").set(setting.getKey(), setting.getValue()));
        return all;
    }

    /** Pump: the permission mode also changes without a request, as when a plan is approved. */
    void note(Message message) {
        PermissionMode told = switch (message) {
            case InitMessage init -> init.permissionMode();
            case StatusMessage status -> status.permissionMode();
            default -> null;
        };
        if (told != null) {
            synchronized (this) {
                permissionMode = told;
            }
        }
    }

    /** What errors must not show. */
    synchronized void conceal(Collection<String> more) {
        secrets.addAll(more);
    }

    synchronized Set<String> secrets() {
        return Set.copyOf(secrets);
    }

    /** The answer to a permission request carries these. */
    public void answered(List<PermissionUpdate> updates) {
        rules.add(updates);
    }

    /** The permission mode that the CLI is in, or null if it did not say. */
    public synchronized @Nullable PermissionMode permissionMode() {
        return permissionMode;
    }

    /** Whether another model was set. */
    public synchronized boolean modelChanged() {
        return modelChanged;
    }

    /** The model that was set, null for the default. */
    public synchronized @Nullable String model() {
        return model;
    }

    /** The rules that hold for the session. */
    public SessionRules rules() {
        return rules;
    }

    /** Whether the tools of the conversation may be others than those of its options. */
    public synchronized boolean aboutTools() {
        return !rules.isEmpty() || requests.values().stream().anyMatch(request -> ABOUT_MCP.contains(request.subtype));
    }

    /** Takes over what was changed in an earlier process of the conversation. */
    void inherit(Changes earlier) {
        synchronized (earlier) {
            synchronized (this) {
                permissionMode = earlier.permissionMode;
                modelChanged = earlier.modelChanged;
                model = earlier.model;
                requests.putAll(earlier.requests);
            }
        }
        rules.inherit(earlier.rules);
    }

    /** Repeats, in order, what is not an option of the launch. */
    void replay(SessionCore core) {
        List<Request> all;
        synchronized (this) {
            all = List.copyOf(requests.values());
        }
        all.forEach(request -> core.control(request.subtype, Json.objectOf(Json.map(request.body))));
    }
}
