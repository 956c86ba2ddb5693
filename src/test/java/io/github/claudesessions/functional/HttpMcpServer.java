package io.github.claudesessions.functional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** {@link EchoMcpServer} at a loopback URL: streamable HTTP at {@code /mcp}, server-sent events at {@code /sse}. */
final class HttpMcpServer implements AutoCloseable {
    private static final String END = "";

    /** The header {@code X-Key} of each request, or "none". */
    final List<String> keys = new CopyOnWriteArrayList<>();

    /** The methods that were asked for. */
    final List<String> methods = new CopyOnWriteArrayList<>();

    /** How many requests are refused before the first is served. */
    final AtomicInteger refusals = new AtomicInteger();

    /** Calls of the tool are answered when this is down. */
    volatile CountDownLatch answers = new CountDownLatch(0);

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpServer server;
    private final List<BlockingQueue<String>> streams = new CopyOnWriteArrayList<>();

    HttpMcpServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/mcp", this::streamable);
        server.createContext("/sse", this::stream);
        server.createContext("/messages", this::posted);
        server.start();
    }

    /** The URL of {@code http} or {@code sse}. */
    String url(String kind) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + (kind.equals("sse") ? "/sse" : "/mcp");
    }

    private boolean refused(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestHeaders().getFirst("X-Key");
        keys.add(key == null ? "none" : key);
        if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            respond(exchange, 503, "text/plain", "not yet");
            return true;
        }
        return false;
    }

    private @Nullable ObjectNode answer(HttpExchange exchange) throws IOException {
        JsonNode request = mapper.readTree(exchange.getRequestBody());
        methods.add(request.path("method").asText());
        if (request.path("method").asText().equals("tools/call")) {
            try {
                answers.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        return EchoMcpServer.answer(request, "at a URL");
    }

    private void streamable(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (refused(exchange)) {
                return;
            }
            if (!exchange.getRequestMethod().equals("POST")) {
                respond(exchange, 405, "text/plain", "no stream here");
                return;
            }
            ObjectNode answer = answer(exchange);
            if (answer == null) {
                exchange.sendResponseHeaders(202, -1);
            } else {
                respond(exchange, 200, "application/json", answer.toString());
            }
        }
    }

    private void stream(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (refused(exchange)) {
                return;
            }
            BlockingQueue<String> events = new LinkedBlockingQueue<>();
            streams.add(events);
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            String event = "event: endpoint\ndata: /messages?" + streams.indexOf(events) + "\n\n";
            while (!event.equals(END)) {
                out.write(event.getBytes(StandardCharsets.UTF_8));
                out.flush();
                event = events.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void posted(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (refused(exchange)) {
                return;
            }
            ObjectNode answer = answer(exchange);
            exchange.sendResponseHeaders(202, -1);
            if (answer != null) {
                int stream = Integer.parseInt(exchange.getRequestURI().getQuery());
                streams.get(stream).add("event: message\ndata: " + answer + "\n\n");
            }
        }
    }

    private static void respond(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        streams.forEach(events -> events.add(END));
        server.stop(0);
    }
}
