package io.github.claudesessions.permission;

import io.github.claudesessions.internal.Frozen;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.McpProvenance;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool call that waits for a decision. Wire type {@code can_use_tool}.
 *
 * @param toolName name of the tool
 * @param input input of the call; a JSON null in it is a null value
 * @param toolUseId id of the call
 * @param suggestions changes that the CLI proposes so that it need not ask again; empty if absent. They can be given
 *     back by {@link PermissionDecision.Allow#remember}
 * @param blockedPath the path that the call may not touch, or null
 * @param decisionReason why the CLI asks, or null
 * @param decisionReasonType kind of that reason, or null
 * @param classifierApprovable whether a classifier could approve the call
 * @param suppressAlwaysAllowRule whether no rule should be offered to the user
 * @param defaultToNo whether a dialog should propose to deny
 * @param matchedAskRule the rule that says to ask, or null
 * @param title a title for a dialog, or null
 * @param displayName name of the tool for a dialog, or null
 * @param description what the call does, or null
 * @param agentId the subagent that calls, null for the main agent
 * @param mcpServer the MCP server of the tool, or null
 * @param requiresUserInteraction whether the tool is itself a question to the user
 * @param raw the whole request, with fields that this version of the library has no accessor for
 */
public record PermissionRequest(
        String toolName,
        Map<String, Object> input,
        String toolUseId,
        List<PermissionUpdate> suggestions,
        @Nullable String blockedPath,
        @Nullable String decisionReason,
        @Nullable String decisionReasonType,
        boolean classifierApprovable,
        boolean suppressAlwaysAllowRule,
        boolean defaultToNo,
        @Nullable MatchedRule matchedAskRule,
        @Nullable String title,
        @Nullable String displayName,
        @Nullable String description,
        @Nullable String agentId,
        @Nullable McpProvenance mcpServer,
        boolean requiresUserInteraction,
        Map<String, Object> raw) {

    /**
     * A rule that matched.
     *
     * @param source where the rule was set
     * @param toolName the tool that it names
     * @param ruleContent what it says about the input, or null
     */
    public record MatchedRule(
            String source, String toolName, @Nullable String ruleContent) {}

    /** Copies the collections. */
    public PermissionRequest {
        input = Frozen.map(input);
        suggestions = List.copyOf(suggestions);
        raw = Frozen.map(raw);
    }

    /** A call with nothing else known about it, as tests and {@link PermissionPolicy#explain} need it. */
    public static PermissionRequest of(String toolName, Map<String, ?> input) {
        Map<String, Object> copy = Frozen.map(input);
        return new PermissionRequest(
                toolName,
                copy,
                "",
                List.of(),
                null,
                null,
                null,
                false,
                false,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                Map.of("tool_name", toolName, "input", copy));
    }

    /**
     * The input bound to {@code type}, a record or a bean.
     *
     * @throws IllegalArgumentException if it does not fit the type
     */
    public <T> T inputAs(Class<T> type) {
        return Json.bind(input, type);
    }

    /** The tool and the call; the input is left out. */
    @Override
    public String toString() {
        return "PermissionRequest[" + toolName + ", " + toolUseId + "]";
    }
}
