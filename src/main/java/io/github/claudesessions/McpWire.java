package io.github.claudesessions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.mcp.McpEndpoint;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolPolicy;
import io.github.claudesessions.tool.ToolServer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
        Map<String, ObjectNode> inProcess = inProcess(options);
        if (!inProcess.isEmpty()) {
            ArrayNode names = initialize.putArray("sdkMcpServers");
            ObjectNode configs = initialize.putObject("sdkMcpServerConfigs");
            inProcess.forEach((name, config) -> {
                names.add(name);
                configs.set(name, config);
            });
        }
        Map<String, McpServer> servers = new LinkedHashMap<>(options.mcpServers());
        servers.keySet().removeAll(guarded(options).keySet());
        if (!servers.isEmpty()) {
            initialize.set("mcpServers", configs(servers));
            confirmations.add("mcp_servers_applied");
        }
        options.outputSchema().ifPresent(schema -> initialize.set("jsonSchema", Json.tree(schema)));
    }

    /** Has the CLI's messages to the servers of this JVM answered. */
    static void serve(ClaudeOptions options, SessionCore core) {
        if (!inProcess(options).isEmpty()) {
            McpEndpoint endpoint =
                    new McpEndpoint(options.toolServers(), options.mountedServers(), new Session(options, core));
            core.router().handle("mcp_message", endpoint);
            core.released().thenRunAsync(endpoint::close, Thread::startVirtualThread);
        }
    }

    /** The servers with policies, which the CLI ignores in {@code initialize} and heeds in {@code mcp_set_servers}. */
    static Map<String, McpServer> guarded(ClaudeOptions options) {
        Map<String, McpServer> guarded = new LinkedHashMap<>(options.mcpServers());
        guarded.values().removeIf(server -> server.toolPolicies().isEmpty());
        return guarded;
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

    /** The servers of this JVM, by name, with what the CLI should know of each. */
    private static Map<String, ObjectNode> inProcess(ClaudeOptions options) {
        Map<String, ObjectNode> configs = new LinkedHashMap<>();
        options.toolServers().forEach(server -> {
            ObjectNode config = config(limit(server));
            putPolicies(config, server.toolPolicies());
            configs.put(server.name(), config);
        });
        options.mountedServers().forEach((name, server) -> configs.put(name, config(server.timeLimit())));
        return configs;
    }

    private static ObjectNode config(Duration limit) {
        return Json.object().put("timeout", limit.plus(GRACE).toMillis());
    }

    /** Adds the servers of this JVM to those of {@code mcp_set_servers}, which would drop them. */
    static void keepInProcess(ClaudeOptions options, ObjectNode configs) {
        inProcess(options).forEach((name, config) -> {
            Check.that(!configs.has(name), "\"%s\" must not name a server of this JVM too", name);
            configs.putObject(name).put("type", "sdk").put("name", name).setAll(config);
        });
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
                putPolicies(config, sse.toolPolicies());
                config.set("headers", Json.tree(sse.headers()));
            }
            case McpServer.Http http -> {
                config.put("type", "http").put("url", http.url().toString());
                putPolicies(config, http.toolPolicies());
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

    private static void putPolicies(ObjectNode config, Map<String, ToolPolicy> policies) {
        policies.forEach((tool, policy) ->
                config.withArray("tools").addObject().put("name", tool).put("permission_policy", policy.value()));
    }

    private static Duration limit(ToolServer server) {
        return server.tools().stream()
                .map(Tool::timeLimit)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private record Session(ClaudeOptions options, SessionCore core) implements McpEndpoint.Host {
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
    }
}
