package io.github.claudesessions.internal.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.flight.Flight;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.ControlRouter;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolContext;
import io.github.claudesessions.tool.ToolResult;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call. It has the thread of its request, and its time limit. */
final class ToolCall implements ToolContext {
    private static final Logger log = LoggerFactory.getLogger(ToolCall.class);

    private final Tool tool;
    private final String server;
    private final JsonNode meta;
    private final ControlRouter.Call call;
    private final McpEndpoint.Host host;
    private final LatestOnly<ObjectNode> notices;
    private volatile boolean over;

    ToolCall(Tool tool, String server, JsonNode meta, ControlRouter.Call call, McpEndpoint.Host host) {
        this.tool = tool;
        this.server = server;
        this.meta = meta;
        this.call = call;
        this.host = host;
        this.notices = new LatestOnly<>("claude-sessions-progress-" + tool.name(), this::send);
    }

    ToolResult run(Map<String, Object> input) {
        Thread.currentThread().setName("claude-sessions-tool-" + tool.name());
        Flight.Span span = Flight.tool(tool.name(), server);
        String outcome = "cancelled";
        try {
            ToolResult result = tool.call(input, this);
            outcome = call.open() ? result.isError() ? "error" : "ok" : outcome;
            return result;
        } catch (Exception | Error e) {
            outcome = call.open() ? Flight.kind(e) : outcome;
            if (call.open()) {
                log.warn("The tool {} failed", tool.name(), e);
            }
            return ToolResult.error("the tool \"%s\" failed: %s%s"
                    .formatted(
                            tool.name(),
                            e.getClass().getSimpleName(),
                            e.getMessage() == null ? "" : ": " + e.getMessage()));
        } finally {
            over = true;
            span.end(outcome);
        }
    }

    private boolean over() {
        return over || !call.open();
    }

    @Override
    public String toolName() {
        return tool.name();
    }

    @Override
    public Optional<String> toolUseId() {
        return Optional.ofNullable(meta.path("claudecode/toolUseId").textValue());
    }

    @Override
    public Optional<String> sessionId() {
        return host.sessionId();
    }

    @Override
    public <T> T session(Class<T> type) {
        Object context = host.context();
        if (!type.isInstance(context)) {
            throw new IllegalStateException("the session has no toolContext of " + type.getName());
        }
        return type.cast(context);
    }

    @Override
    public void progress(double done, double total, String message) {
        JsonNode token = meta.path("progressToken");
        if (token.isMissingNode() || over()) {
            return;
        }
        ObjectNode notification = Json.object().put("jsonrpc", "2.0").put("method", "notifications/progress");
        ObjectNode params = notification.putObject("params").put("progress", done);
        params.set("progressToken", token);
        if (total >= 0) {
            params.put("total", total);
        }
        if (!message.isEmpty()) {
            params.put("message", message);
        }
        notices.offer(notification);
    }

    private void send(ObjectNode notification) {
        if (!over()) {
            host.send(server, notification);
        }
    }
}
