package io.github.claudesessions.internal.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.ControlRouter;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A group of this library's own tools. */
final class OwnServer implements Served {
    private static final List<String> PROTOCOL_VERSIONS =
            List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");

    private final ToolServer server;
    private final McpEndpoint.Host host;

    OwnServer(ToolServer server, McpEndpoint.Host host) {
        this.server = server;
        this.host = host;
    }

    @Override
    public ObjectNode request(JsonNode message, ControlRouter.Call call) {
        JsonNode id = message.path("id");
        String method = message.path("method").asText();
        JsonNode params = message.path("params");
        return switch (method) {
            case "initialize" ->
                Rpc.result(
                        id, initialized(server, params.path("protocolVersion").asText()));
            case "ping" -> Rpc.result(id, Json.object());
            case "tools/list" -> Rpc.result(id, tools(server));
            case "tools/call" -> call(id, params, call);
            default -> Rpc.error(id, Rpc.METHOD_NOT_FOUND, "method \"" + method + "\" is not supported");
        };
    }

    @Override
    public void notice(JsonNode message) {}

    @Override
    public @Nullable Duration limit(JsonNode message) {
        return message.path("method").asText().equals("tools/call")
                ? server.tool(message.path("params").path("name").asText())
                        .map(Tool::timeLimit)
                        .orElse(null)
                : null;
    }

    @Override
    public void close() {}

    private static ObjectNode initialized(ToolServer server, String wanted) {
        ObjectNode result = Json.object()
                .put("protocolVersion", PROTOCOL_VERSIONS.contains(wanted) ? wanted : PROTOCOL_VERSIONS.getFirst());
        result.putObject("capabilities").putObject("tools");
        result.putObject("serverInfo").put("name", server.name()).put("version", "1.0.0");
        server.instructions().ifPresent(text -> result.put("instructions", text));
        return result;
    }

    private static ObjectNode tools(ToolServer server) {
        ObjectNode result = Json.object();
        server.tools().forEach(tool -> result.withArray("tools").add(describe(tool)));
        return result;
    }

    private static ObjectNode describe(Tool tool) {
        ObjectNode described = Json.object().put("name", tool.name()).put("description", tool.description());
        described.set("inputSchema", Json.tree(tool.inputSchema()));
        ObjectNode annotations = Json.objectOf(Json.map(Json.tree(tool.annotations())));
        annotations.properties().removeIf(entry -> entry.getValue().isNull());
        if (!annotations.isEmpty()) {
            described.set("annotations", annotations);
        }
        ObjectNode meta = described.putObject("_meta").put(ALWAYS_LOAD, true);
        tool.maxResultChars().ifPresent(chars -> meta.put("anthropic/maxResultSizeChars", chars));
        return described;
    }

    private ObjectNode call(JsonNode id, JsonNode params, ControlRouter.Call call) {
        String name = params.path("name").asText();
        Tool tool = server.tool(name).orElse(null);
        if (tool == null) {
            return Rpc.error(id, Rpc.INVALID_PARAMS, "there is no tool \"" + name + "\"");
        }
        JsonNode arguments = params.path("arguments");
        if (!arguments.isObject() && !arguments.isMissingNode()) {
            return Rpc.error(id, Rpc.INVALID_PARAMS, "invalid input for " + name + ": $ must be of type object");
        }
        Map<String, Object> input = arguments.isObject() ? Json.map(arguments) : Map.of();
        Optional<String> problem = tool.problem(input);
        if (problem.isPresent()) {
            return Rpc.error(id, Rpc.INVALID_PARAMS, "invalid input for " + name + ": " + problem.get());
        }
        ToolResult result = new ToolCall(tool, server.name(), params.path("_meta"), call, host).run(input);
        return Rpc.result(id, ResultJson.of(result));
    }
}
