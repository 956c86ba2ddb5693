package io.github.claudesessions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.mcp.ToolEndpoint;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolServer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What tool servers, MCP servers and structured output are on the wire. */
final class McpWire {
    /** The CLI's own limit is for a host that does not keep its own. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private McpWire() {}

    /** Adds the servers and the schema to the {@code initialize} request. */
    static void initialize(ClaudeOptions options, ObjectNode initialize, List<String> confirmations) {
        if (!options.toolServers().isEmpty()) {
            ArrayNode names = initialize.putArray("sdkMcpServers");
            ObjectNode configs = initialize.putObject("sdkMcpServerConfigs");
            for (ToolServer server : options.toolServers()) {
                names.add(server.name());
                configs.putObject(server.name()).put("timeout", limit(server).toMillis());
            }
        }
        if (!options.mcpServers().isEmpty()) {
            initialize.set("mcpServers", configs(options.mcpServers()));
            confirmations.add("mcp_servers_applied");
        }
        options.outputSchema().ifPresent(schema -> initialize.set("jsonSchema", Json.tree(schema)));
    }

    /** Has the CLI's messages to tool servers answered. */
    static void serve(ClaudeOptions options, SessionCore core) {
        if (!options.toolServers().isEmpty()) {
            ToolEndpoint endpoint = new ToolEndpoint(options.toolServers(), new Session(options, core));
            core.router().handle("mcp_message", endpoint::handle);
        }
    }

    static ObjectNode configs(Map<String, ? extends McpServer> servers) {
        ObjectNode configs = Json.object();
        servers.forEach((name, server) -> configs.set(name, config(server)));
        return configs;
    }

    /** The values of headers and variables, and the part of a header after a scheme such as {@code Bearer}. */
    static Set<String> secrets(Map<String, ? extends McpServer> servers) {
        Set<String> secrets = new HashSet<>();
        for (McpServer server : servers.values()) {
            switch (server) {
                case McpServer.Stdio stdio -> secrets.addAll(stdio.env().values());
                case McpServer.Sse sse -> addHeaders(sse.headers(), secrets);
                case McpServer.Http http -> addHeaders(http.headers(), secrets);
            }
        }
        return secrets;
    }

    private static void addHeaders(Map<String, String> headers, Set<String> secrets) {
        for (String value : headers.values()) {
            secrets.add(value);
            secrets.add(value.substring(value.lastIndexOf(' ') + 1));
        }
    }

    /** A tool server among others in {@code mcp_set_servers}. */
    static ObjectNode config(ToolServer server) {
        return Json.object()
                .put("type", "sdk")
                .put("name", server.name())
                .put("timeout", limit(server).toMillis());
    }

    private static ObjectNode config(McpServer server) {
        ObjectNode config = Json.object();
        switch (server) {
            case McpServer.Stdio stdio -> {
                config.put("type", "stdio").put("command", stdio.command());
                config.set("args", Json.tree(stdio.args())); // the CLI stumbles without them
                config.set("env", Json.tree(stdio.env()));
            }
            case McpServer.Sse sse -> {
                config.put("type", "sse").put("url", sse.url().toString());
                config.set("headers", Json.tree(sse.headers()));
            }
            case McpServer.Http http -> {
                config.put("type", "http").put("url", http.url().toString());
                config.set("headers", Json.tree(http.headers()));
            }
        }
        Duration timeout = server.timeout();
        if (timeout != null) {
            config.put("timeout", timeout.toMillis());
        }
        if (server.alwaysLoad()) {
            config.put("alwaysLoad", true);
        }
        return config;
    }

    private static Duration limit(ToolServer server) {
        return server.tools().stream()
                .map(Tool::timeLimit)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO)
                .plus(GRACE);
    }

    private record Session(ClaudeOptions options, SessionCore core) implements ToolEndpoint.Host {
        @Override
        public Optional<String> sessionId() {
            return Optional.ofNullable(core.facts().sessionId());
        }

        @Override
        public @Nullable Object context() {
            return options.toolContext().orElse(null);
        }

        @Override
        public void send(String server, ObjectNode message) {
            ObjectNode body = Json.object().put("server_name", server);
            body.set("message", message);
            core.control("mcp_message", body);
        }

        @Override
        public Runnable callback(Runnable task) {
            return core.asCallback(task);
        }

        @Override
        public Timer timer() {
            return Timer.system();
        }
    }
}
