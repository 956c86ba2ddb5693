package io.github.claudesessions.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The lines of the CLI, in the shape that version 2.1.330 writes. */
final class Frames {
    private final String sessionId;
    private volatile String permissionMode = "default";

    Frames(String sessionId) {
        this.sessionId = sessionId;
    }

    ObjectNode frame(String type) {
        return Json.object()
                .put("type", type)
                .put("uuid", UUID.randomUUID().toString())
                .put("session_id", sessionId);
    }

    void permissionMode(String mode) {
        permissionMode = mode;
    }

    ObjectNode system(String subtype) {
        return frame("system").put("subtype", subtype);
    }

    ObjectNode state(String state) {
        return system("session_state_changed").put("state", state).put("sdk_host_only", true);
    }

    ObjectNode lifecycle(String promptUuid, String state) {
        return frame("command_lifecycle").put("command_uuid", promptUuid).put("state", state);
    }

    ObjectNode init() {
        ObjectNode init = system("init")
                .put("cwd", "/fake")
                .put("model", "fake-model")
                .put("permissionMode", permissionMode)
                .put("apiKeySource", "ANTHROPIC_API_KEY")
                .put("claude_code_version", "2.1.330")
                .put("output_style", "default");
        for (String list : List.of("tools", "mcp_servers", "slash_commands", "agents", "skills", "plugins")) {
            init.putArray(list);
        }
        return init;
    }

    ObjectNode textDelta(String text) {
        return delta("text_delta", "text", text);
    }

    ObjectNode thinkingDelta(String thinking) {
        return delta("thinking_delta", "thinking", thinking);
    }

    private ObjectNode delta(String type, String field, String value) {
        ObjectNode line = frame("stream_event").putNull("parent_tool_use_id");
        line.putObject("event")
                .put("type", "content_block_delta")
                .put("index", 0)
                .putObject("delta")
                .put("type", type)
                .put(field, value);
        return line;
    }

    ObjectNode apiRetry(int attempt, int status, String error) {
        return system("api_retry")
                .put("attempt", attempt)
                .put("max_retries", 10)
                .put("retry_delay_ms", 500)
                .put("error_status", status)
                .put("error", error);
    }

    ObjectNode assistant(JsonNode block) {
        return assistant(block, null);
    }

    /** A message of the subagent that the tool use {@code parentToolUseId} runs, or of the main agent. */
    ObjectNode assistant(JsonNode block, @Nullable String parentToolUseId) {
        ObjectNode line = frame("assistant").put("parent_tool_use_id", parentToolUseId);
        ObjectNode message = line.putObject("message")
                .put("id", "msg_" + UUID.randomUUID())
                .put("type", "message")
                .put("role", "assistant")
                .put("model", "fake-model")
                .putNull("stop_reason");
        message.putArray("content").add(block);
        message.set("usage", usage());
        return line;
    }

    static ObjectNode text(String text) {
        return Json.object().put("type", "text").put("text", text);
    }

    static ObjectNode thinking(String thinking) {
        return Json.object().put("type", "thinking").put("thinking", thinking).put("signature", "fake");
    }

    static ObjectNode toolUse(String id, String name, Map<String, ?> input) {
        ObjectNode block = Json.object().put("type", "tool_use").put("id", id).put("name", name);
        block.set("input", Json.objectOf(input));
        return block;
    }

    ObjectNode toolResult(String toolUseId, String text, boolean isError) {
        ObjectNode line = frame("user").putNull("parent_tool_use_id");
        line.putObject("message")
                .put("role", "user")
                .putArray("content")
                .addObject()
                .put("type", "tool_result")
                .put("tool_use_id", toolUseId)
                .put("content", text)
                .put("is_error", isError);
        return line;
    }

    ObjectNode result(String promptUuid, String subtype, boolean isError, String terminalReason) {
        ObjectNode line = frame("result")
                .put("subtype", subtype)
                .put("is_error", isError)
                .put("duration_ms", 10)
                .put("duration_api_ms", 8)
                .put("num_turns", 1)
                .put("stop_reason", "end_turn")
                .put("total_cost_usd", 0.001)
                .put("terminal_reason", terminalReason)
                .put("user_message_uuid", promptUuid);
        line.putArray("user_message_uuids").add(promptUuid);
        line.set("usage", usage());
        ObjectNode model = Json.object()
                .put("inputTokens", 10)
                .put("outputTokens", 5)
                .put("cacheReadInputTokens", 0)
                .put("cacheCreationInputTokens", 0)
                .put("webSearchRequests", 0)
                .put("costUSD", 0.001)
                .put("contextWindow", 200_000)
                .put("maxOutputTokens", 32_000);
        line.putObject("modelUsage").set("fake-model", model);
        line.putObject("model_usage_since_last_result").set("fake-model", model);
        line.putArray("permission_denials");
        return line;
    }

    ObjectNode apiError(String promptUuid, int status, String text) {
        return result(promptUuid, "success", true, "api_error")
                .put("result", text)
                .put("api_error_status", status);
    }

    ObjectNode errorResult(String promptUuid, String subtype, String terminalReason, String error) {
        ObjectNode result = result(promptUuid, subtype, true, terminalReason);
        result.putArray("errors").add(error);
        return result;
    }

    ObjectNode interrupted(String promptUuid) {
        return errorResult(promptUuid, "error_during_execution", "aborted_streaming", "interrupted");
    }

    private static ObjectNode usage() {
        return Json.object()
                .put("input_tokens", 10)
                .put("output_tokens", 5)
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", 0);
    }

    /**
     * The answer to {@code request}, with the agents that it defines.
     *
     * @param agent the one that the session is, which the CLI knows from its files if the request does not define it
     */
    static ObjectNode initialized(JsonNode request, Optional<String> agent) {
        ObjectNode answer = Json.object().put("output_style", "default").put("claude_code_version", "2.1.330");
        for (String list : List.of("commands", "agents", "available_output_styles", "models")) {
            answer.putArray(list);
        }
        request.path("agents")
                .properties()
                .forEach(defined -> answer.withArray("agents")
                        .addObject()
                        .put("name", defined.getKey())
                        .put(
                                "description",
                                defined.getValue().path("description").asText()));
        agent.filter(name -> !request.path("agents").has(name))
                .ifPresent(name ->
                        answer.withArray("agents").addObject().put("name", name).put("description", ""));
        answer.putObject("account");
        for (String part :
                List.of("settings", "disallowed_tools", "hooks", "plugins", "mcp_servers", "managed_settings")) {
            answer.put(part + "_applied", true);
        }
        return answer.put("hook_on_failure_supported", true);
    }
}
