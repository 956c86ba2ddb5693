package io.github.claudesessions.internal.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolServer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tool servers of one session: answers the JSON-RPC messages that the CLI sends them in {@code mcp_message} control
 * requests. Each request comes on a virtual thread of its own.
 *
 * <pre>
 *   initialize, notifications/initialized, tools/list      again after each reconnect
 *   tools/call {name, arguments, _meta {claudecode/toolUseId, progressToken}}
 *   notifications/cancelled {requestId}                    the call is interrupted; its answer is ignored
 * </pre>
 */
public final class ToolEndpoint {
    private static final List<String> PROTOCOL_VERSIONS =
            List.of("2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05");
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;

    /** What the session does for its tools. */
    public interface Host {
        /** The id of the conversation, if it is known. */
        Optional<String> sessionId();

        /** The object that the user gave the session for its tools, or null. */
        @Nullable
        Object context();

        /** Sends a message of the server's own and waits until the CLI has taken it. */
        void send(String server, ObjectNode message);

        /** The task as a callback of the session: it may not start turns. */
        Runnable callback(Runnable task);

        Timer timer();
    }

    private final Map<String, ToolServer> servers = new LinkedHashMap<>();
    private final Map<String, RunningCalls> running = new LinkedHashMap<>();
    private final Host host;

    public ToolEndpoint(Collection<ToolServer> servers, Host host) {
        this.host = host;
        for (ToolServer server : servers) {
            this.servers.put(server.name(), server);
            this.running.put(server.name(), new RunningCalls());
        }
    }

    /** The payload of the answer to one {@code mcp_message} request. */
    public ObjectNode handle(JsonNode request) throws InterruptedException {
        String name = request.path("server_name").asText();
        JsonNode message = request.path("message");
        ToolServer server = servers.get(name);
        RunningCalls calls = running.get(name);
        ObjectNode answer;
        if (server == null || calls == null) {
            answer = error(message.path("id"), METHOD_NOT_FOUND, "there is no server \"" + name + "\" in this process");
        } else if (message.path("id").isMissingNode()) {
            if (message.path("method").asText().equals("notifications/cancelled")) {
                calls.cancel(message.path("params").path("requestId"));
            }
            answer = result(Json.object().numberNode(0), Json.object());
        } else {
            answer = request(server, calls, message);
        }
        ObjectNode payload = Json.object();
        payload.set("mcp_response", answer);
        return payload;
    }

    private ObjectNode request(ToolServer server, RunningCalls calls, JsonNode message) throws InterruptedException {
        JsonNode id = message.path("id");
        String method = message.path("method").asText();
        JsonNode params = message.path("params");
        return switch (method) {
            case "initialize" -> {
                calls.forget();
                yield result(
                        id, initialized(server, params.path("protocolVersion").asText()));
            }
            case "ping" -> result(id, Json.object());
            case "tools/list" -> result(id, tools(server));
            case "tools/call" -> call(server, calls, id, params);
            default -> error(id, METHOD_NOT_FOUND, "method \"" + method + "\" is not supported");
        };
    }

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
        // the CLI would hide the tool behind its search otherwise, and the model would not know of it
        ObjectNode meta = described.putObject("_meta").put("anthropic/alwaysLoad", true);
        tool.maxResultChars().ifPresent(chars -> meta.put("anthropic/maxResultSizeChars", chars));
        return described;
    }

    private ObjectNode call(ToolServer server, RunningCalls calls, JsonNode id, JsonNode params)
            throws InterruptedException {
        String name = params.path("name").asText();
        Tool tool = server.tool(name).orElse(null);
        if (tool == null) {
            return error(id, INVALID_PARAMS, "there is no tool \"" + name + "\"");
        }
        JsonNode arguments = params.path("arguments");
        if (!arguments.isObject() && !arguments.isMissingNode()) {
            return error(id, INVALID_PARAMS, "invalid input for " + name + ": $ must be of type object");
        }
        Map<String, Object> input = arguments.isObject() ? Json.map(arguments) : Map.of();
        Optional<String> problem = tool.problem(input);
        if (problem.isPresent()) {
            return error(id, INVALID_PARAMS, "invalid input for " + name + ": " + problem.get());
        }
        ToolCall call = new ToolCall(tool, server.name(), params.path("_meta"), host);
        calls.add(id, call);
        try {
            return result(id, ResultJson.of(call.run(input)));
        } finally {
            calls.remove(id, call);
        }
    }

    private static ObjectNode result(JsonNode id, ObjectNode result) {
        ObjectNode response = Json.object().put("jsonrpc", "2.0");
        response.set("id", id);
        response.set("result", result);
        return response;
    }

    private static ObjectNode error(JsonNode id, int code, String message) {
        ObjectNode response = Json.object().put("jsonrpc", "2.0");
        response.set("id", id.isMissingNode() ? Json.object().numberNode(0) : id);
        response.putObject("error").put("code", code).put("message", message);
        return response;
    }
}
