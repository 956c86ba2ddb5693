package io.github.claudesessions.internal.codec;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.message.McpProvenance;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.permission.PermissionBehavior;
import io.github.claudesessions.permission.PermissionDestination;
import io.github.claudesessions.permission.PermissionRequest;
import io.github.claudesessions.permission.PermissionRule;
import io.github.claudesessions.permission.PermissionUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a permission handler is told. */
public final class PermissionCodec {
    private PermissionCodec() {}

    /** The request {@code can_use_tool}. */
    public static PermissionRequest decode(JsonNode request) {
        Fields f = Fields.of("can_use_tool", request);
        return new PermissionRequest(
                f.string("tool_name"),
                f.map("input"),
                f.string("tool_use_id"),
                updates(f.node("permission_suggestions")),
                f.stringOrNull("blocked_path"),
                f.stringOrNull("decision_reason"),
                f.stringOrNull("decision_reason_type"),
                f.flagOrFalse("classifier_approvable"),
                f.flagOrFalse("suppress_always_allow_rule"),
                f.flagOrFalse("default_to_no"),
                f.objectOrNull("matched_ask_rule", PermissionCodec::matched),
                f.stringOrNull("title"),
                f.stringOrNull("display_name"),
                f.stringOrNull("description"),
                f.stringOrNull("agent_id"),
                mcpServer(f),
                f.flagOrFalse("requires_user_interaction"),
                f.all());
    }

    static @Nullable McpProvenance mcpServer(Fields fields) {
        return fields.objectOrNull("mcp_server", f -> new McpProvenance(f.string("name"), f.string("source")));
    }

    private static PermissionRequest.MatchedRule matched(Fields f) {
        return new PermissionRequest.MatchedRule(
                f.string("source"), f.string("tool_name"), f.stringOrNull("rule_content"));
    }

    /** Changes of permissions; what is no object is left out. */
    public static List<PermissionUpdate> updates(JsonNode array) {
        List<PermissionUpdate> updates = new ArrayList<>();
        for (JsonNode element : array) {
            if (element.isObject()) {
                updates.add(update(Fields.of("permission_suggestions", element)));
            }
        }
        return List.copyOf(updates);
    }

    private static PermissionUpdate update(Fields f) {
        Map<String, Object> raw = f.all();
        PermissionDestination destination = new PermissionDestination(text(f, "destination"));
        return switch (text(f, "type")) {
            case "addRules" -> new PermissionUpdate.AddRules(rules(f), behavior(f), destination, raw);
            case "replaceRules" -> new PermissionUpdate.ReplaceRules(rules(f), behavior(f), destination, raw);
            case "removeRules" -> new PermissionUpdate.RemoveRules(rules(f), behavior(f), destination, raw);
            case "setMode" -> new PermissionUpdate.SetMode(new PermissionMode(text(f, "mode")), destination, raw);
            case "addDirectories" ->
                new PermissionUpdate.AddDirectories(f.stringsOrEmpty("directories"), destination, raw);
            case "removeDirectories" ->
                new PermissionUpdate.RemoveDirectories(f.stringsOrEmpty("directories"), destination, raw);
            default -> new PermissionUpdate.Unknown(raw);
        };
    }

    private static List<PermissionRule> rules(Fields fields) {
        return fields.listOrEmpty("rules", f -> new PermissionRule(text(f, "toolName"), f.stringOrNull("ruleContent")));
    }

    private static PermissionBehavior behavior(Fields f) {
        return new PermissionBehavior(text(f, "behavior"));
    }

    private static String text(Fields f, String field) {
        String value = f.stringOrNull(field);
        return value == null ? "" : value;
    }
}
