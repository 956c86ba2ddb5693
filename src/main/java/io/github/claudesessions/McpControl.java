package io.github.claudesessions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.error.TimeLimitException;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.internal.protocol.Waiting;
import io.github.claudesessions.message.McpServerState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The control requests about MCP servers. */
final class McpControl {
    private static final String STATUS = "mcp_status";
    private static final Duration POLL = Duration.ofMillis(50);

    private McpControl() {}

    static List<McpServerStatus> status(SessionCore core, Duration limit) {
        List<McpServerStatus> servers = new ArrayList<>();
        core.control(STATUS, Json.object(), limit).path("mcpServers").forEach(server -> servers.add(status(server)));
        return List.copyOf(servers);
    }

    private static McpServerStatus status(JsonNode server) {
        List<String> tools = new ArrayList<>();
        server.path("tools").forEach(tool -> tools.add(tool.path("name").asText()));
        return new McpServerStatus(
                server.path("name").asText(),
                new McpServerState(server.path("status").asText("unknown")),
                server.path("error").textValue(),
                server.path("scope").textValue(),
                server.path("serverInfo").path("name").textValue(),
                server.path("serverInfo").path("version").textValue(),
                tools);
    }

    /**
     * Waits until none of {@code names} is missing or pending. The CLI does not tell when that is so: it is asked, and
     * its answer is not waited for beyond the limit either.
     */
    static List<McpServerStatus> awaitReady(
            SessionCore core, ClaudeOptions options, Set<String> names, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        Set<String> waiting = new TreeSet<>(names);
        while (true) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (!left.isPositive()) {
                throw notReady(waiting, limit);
            }
            boolean last = left.compareTo(options.controlTimeout()) <= 0;
            List<McpServerStatus> servers;
            try {
                servers = status(core, last ? left : options.controlTimeout());
            } catch (TimeLimitException e) {
                throw last && e.operation().equals(STATUS) ? notReady(waiting, limit) : e;
            }
            waiting = new TreeSet<>(names);
            for (McpServerStatus server : servers) {
                if (!server.state().equals(McpServerState.PENDING)) {
                    waiting.remove(server.name());
                }
            }
            if (waiting.isEmpty()) {
                return servers;
            }
            Duration rest = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            try {
                Thread.sleep(rest.compareTo(POLL) < 0 ? rest : POLL);
            } catch (InterruptedException e) {
                throw Waiting.interrupted("the MCP servers", e);
            }
        }
    }

    private static TimeLimitException notReady(Set<String> waiting, Duration limit) {
        return new TimeLimitException("the MCP servers " + waiting + " were not ready within " + limit, "mcp", limit);
    }

    static McpChanges set(SessionCore core, ClaudeOptions options, Map<String, ? extends McpServer> servers) {
        Check.notNull("servers", servers);
        Map<String, McpServer> all = McpWire.guarded(options); // what it does not name is dropped
        all.putAll(servers);
        ObjectNode configs = McpWire.configs(all);
        McpWire.keepInProcess(options, configs);
        core.conceal(McpWire.secrets(servers));
        ObjectNode body = Json.object();
        body.set("servers", configs);
        JsonNode answer = core.control("mcp_set_servers", body);
        Map<String, String> errors = new HashMap<>();
        answer.path("errors")
                .properties()
                .forEach(error -> errors.put(error.getKey(), error.getValue().asText()));
        return new McpChanges(names(answer.path("added")), names(answer.path("removed")), errors);
    }

    private static List<String> names(JsonNode array) {
        List<String> names = new ArrayList<>();
        array.forEach(name -> names.add(name.asText()));
        return names;
    }
}
