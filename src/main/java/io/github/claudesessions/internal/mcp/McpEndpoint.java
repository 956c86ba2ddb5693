package io.github.claudesessions.internal.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.ControlRouter;
import io.github.claudesessions.tool.MountedServer;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The servers of one session that run in this JVM: answers the JSON-RPC messages that the CLI sends them in
 * {@code mcp_message} control requests. Each comes on a virtual thread of its own.
 *
 * <pre>
 *   initialize, notifications/initialized, tools/list      again after each reconnect
 *   tools/call {name, arguments, _meta {claudecode/toolUseId, progressToken}}
 *   notifications/cancelled {requestId}                    the call is interrupted; its answer is ignored
 *   {id, result | error}                                   the response to a request of the server's
 * </pre>
 */
public final class McpEndpoint implements ControlRouter.Handler {
    /** What the session does for its servers. */
    public interface Host {
        /** The id of the conversation, if it is known. */
        Optional<String> sessionId();

        /** The object that the user gave the session for its tools, or null. */
        @Nullable
        Object context();

        /** Sends a message of the server's own and waits until the CLI has taken it. */
        void send(String server, ObjectNode message);
    }

    private record Entry(Served server, RunningCalls running) {}

    private final Map<String, Entry> servers = new LinkedHashMap<>();

    public McpEndpoint(Collection<ToolServer> tools, Map<String, MountedServer> mounted, Host host) {
        tools.forEach(server -> add(server.name(), new OwnServer(server, host)));
        mounted.forEach((name, server) -> add(name, new Mount(name, server, host)));
    }

    private void add(String name, Served server) {
        servers.put(name, new Entry(server, new RunningCalls()));
    }

    @Override
    public ObjectNode handle(JsonNode request, ControlRouter.Call call) throws Exception {
        String name = request.path("server_name").asText();
        JsonNode message = request.path("message");
        Entry entry = servers.get(name);
        if (entry == null) {
            return payload(Rpc.error(
                    message.path("id"), Rpc.METHOD_NOT_FOUND, "there is no server \"" + name + "\" in this process"));
        }
        if (message.has("id") && message.has("method")) {
            return payload(answer(entry, message, call));
        }
        if (message.path("method").asText().equals("notifications/cancelled")) {
            JsonNode id = message.path("params").path("requestId");
            entry.running.cancel(id, () -> payload(cancelled(id)));
        }
        entry.server.notice(message);
        return payload(Rpc.noted());
    }

    private static ObjectNode answer(Entry entry, JsonNode message, ControlRouter.Call call) throws Exception {
        JsonNode id = message.path("id");
        if (message.path("method").asText().equals("initialize")) {
            entry.running.forget();
        }
        if (!entry.running.add(id, call)) {
            return cancelled(id);
        }
        try {
            return entry.server.request(message, call);
        } finally {
            entry.running.remove(id, call);
        }
    }

    @Override
    public @Nullable Duration limit(JsonNode request) {
        Entry entry = servers.get(request.path("server_name").asText());
        JsonNode message = request.path("message");
        return entry != null && message.has("id") && message.has("method") ? entry.server.limit(message) : null;
    }

    @Override
    public ObjectNode expired(JsonNode request) {
        JsonNode message = request.path("message");
        JsonNode id = message.path("id");
        String method = message.path("method").asText();
        if (!method.equals("tools/call")) {
            return payload(Rpc.error(id, Rpc.INTERNAL_ERROR, method + " was not answered in time"));
        }
        ToolResult failure = ToolResult.error("the tool \"%s\" did not finish within %s"
                .formatted(message.path("params").path("name").asText(), limit(request)));
        return payload(Rpc.result(id, ResultJson.of(failure)));
    }

    /** The CLI does not want the answer any more, and ignores it. */
    private static ObjectNode cancelled(JsonNode id) {
        return Rpc.result(id, ResultJson.of(ToolResult.error("cancelled")));
    }

    private static ObjectNode payload(ObjectNode response) {
        ObjectNode payload = Json.object();
        payload.set("mcp_response", response);
        return payload;
    }

    /** The session is over. */
    public void close() {
        servers.values().forEach(entry -> entry.server.close());
    }
}
