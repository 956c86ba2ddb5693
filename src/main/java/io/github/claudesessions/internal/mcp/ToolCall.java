package io.github.claudesessions.internal.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.Timer;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolContext;
import io.github.claudesessions.tool.ToolResult;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call. The handler has a virtual thread of its own, which is not waited for beyond the time limit: a handler that
 * ignores its interruption goes on without anybody listening.
 */
final class ToolCall implements ToolContext {
    private static final Logger log = LoggerFactory.getLogger(ToolCall.class);

    private final Tool tool;
    private final String server;
    private final JsonNode meta;
    private final ToolEndpoint.Host host;
    private final CompletableFuture<ToolResult> done = new CompletableFuture<>();
    private final LatestOnly<ObjectNode> notices;

    ToolCall(Tool tool, String server, JsonNode meta, ToolEndpoint.Host host) {
        this.tool = tool;
        this.server = server;
        this.meta = meta;
        this.host = host;
        this.notices = new LatestOnly<>("claude-sessions-progress-" + tool.name(), this::send);
    }

    /** Runs the handler and waits for its answer, its failure, its time limit or its cancellation. */
    ToolResult run(Map<String, Object> input) throws InterruptedException {
        Thread worker = Thread.ofVirtual()
                .name("claude-sessions-tool-" + tool.name())
                .unstarted(host.callback(() -> work(input)));
        Timer.Alarm alarm = host.timer()
                .after(
                        tool.timeLimit(),
                        () -> done.complete(ToolResult.error(
                                "the tool \"%s\" did not finish within %s".formatted(tool.name(), tool.timeLimit()))));
        worker.start();
        try {
            return done.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            alarm.cancel();
            done.cancel(false);
            worker.interrupt(); // it has ended, or nobody waits for it any more
        }
    }

    private void work(Map<String, Object> input) {
        try {
            done.complete(tool.call(input, this));
        } catch (Exception | Error e) {
            if (!done.isDone()) {
                log.warn("The tool {} failed", tool.name(), e);
            }
            done.complete(ToolResult.error("the tool \"%s\" failed: %s%s"
                    .formatted(
                            tool.name(),
                            e.getClass().getSimpleName(),
                            e.getMessage() == null ? "" : ": " + e.getMessage())));
        }
    }

    /** The CLI does not want the answer any more, and ignores it. */
    void cancel() {
        done.complete(ToolResult.error("cancelled"));
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
        if (token.isMissingNode() || this.done.isDone()) {
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
        if (!done.isDone()) {
            host.send(server, notification);
        }
    }
}
