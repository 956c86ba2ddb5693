package io.github.claudesessions.internal.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.ControlRouter;
import io.github.claudesessions.tool.MountedServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server that speaks the protocol itself. Its answers may come on any thread; the request's thread waits for them. */
final class Mount implements Served {
    private static final Logger log = LoggerFactory.getLogger(Mount.class);

    /** For what is not a call of a tool; the CLI itself waits no longer. */
    private static final Duration OTHER_LIMIT = Duration.ofSeconds(60);

    private final String name;
    private final MountedServer server;
    private final McpEndpoint.Host host;
    private final Map<String, CompletableFuture<ObjectNode>> waiting = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private MountedServer.@Nullable Connection connection;

    @GuardedBy("lock")
    private boolean closed;

    Mount(String name, MountedServer server, McpEndpoint.Host host) {
        this.name = name;
        this.server = server;
        this.host = host;
    }

    @Override
    public ObjectNode request(JsonNode message, ControlRouter.Call call) throws InterruptedException {
        JsonNode id = message.path("id");
        String method = message.path("method").asText();
        CompletableFuture<ObjectNode> answer = new CompletableFuture<>();
        waiting.put(id.asText(), answer);
        try {
            if (method.equals("initialize")) {
                connect();
            }
            connected().receive(Json.map(message));
            ObjectNode response = answer.get();
            response.set("id", id);
            return method.equals("tools/list") ? offered(response) : response;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | Error e) {
            if (call.open()) {
                log.warn("The server {} failed at {}", name, method, e);
            }
            return Rpc.error(
                    id, Rpc.INTERNAL_ERROR, "the server failed: " + e.getClass().getSimpleName());
        } finally {
            waiting.remove(id.asText(), answer);
        }
    }

    private static ObjectNode offered(ObjectNode response) {
        for (JsonNode tool : response.path("result").path("tools")) {
            if (tool instanceof ObjectNode described && !described.path("_meta").has(ALWAYS_LOAD)) {
                described.withObject("/_meta").put(ALWAYS_LOAD, true);
            }
        }
        return response;
    }

    @Override
    public void notice(JsonNode message) throws Exception {
        connected().receive(Json.map(message));
    }

    @Override
    public Duration limit(JsonNode message) {
        return message.path("method").asText().equals("tools/call") ? server.timeLimit() : OTHER_LIMIT;
    }

    /** On the server's thread. */
    private void send(Map<String, ?> message) {
        ObjectNode json = Json.objectOf(message);
        if (json.has("method")) {
            host.send(name, json);
            return;
        }
        CompletableFuture<ObjectNode> asked = waiting.get(json.path("id").asText());
        if (asked != null) {
            asked.complete(json);
        }
    }

    private void connect() {
        release(server.connect(this::send));
    }

    /** Closes the connection before, or {@code next} if the session is over. */
    private void release(MountedServer.@Nullable Connection next) {
        MountedServer.Connection released;
        lock.lock();
        try {
            closed |= next == null;
            released = closed && next != null ? next : connection;
            connection = closed ? null : next;
        } finally {
            lock.unlock();
        }
        if (released != null) {
            try {
                released.close();
            } catch (RuntimeException | Error e) {
                log.warn("The connection to the server {} could not be closed", name, e);
            }
        }
    }

    private MountedServer.Connection connected() {
        lock.lock();
        try {
            if (connection == null) {
                throw new IllegalStateException("the server \"" + name + "\" is not connected");
            }
            return connection;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        release(null);
    }
}
