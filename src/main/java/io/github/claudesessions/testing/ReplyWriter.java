package io.github.claudesessions.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Speaks the Messages API: one reply to one exchange, as a stream of events or as one JSON object. */
final class ReplyWriter {
    private static final String SIGNATURE = "ZmFrZSBzaWduYXR1cmU=";

    private final HttpExchange exchange;
    private final Reply reply;
    private final Settings settings;
    private final long number;
    private final String model;
    private int sent;

    ReplyWriter(HttpExchange exchange, Reply reply, long number, String askedModel) {
        this.exchange = exchange;
        this.reply = reply;
        this.settings = reply.settings();
        this.number = number;
        String own = settings.model();
        this.model = own != null ? own : askedModel;
    }

    void write(boolean streaming) throws IOException, InterruptedException {
        Thread.sleep(settings.beforeFirstByte());
        settings.awaitGates(0);
        if (reply.hangs()) {
            new CountDownLatch(1).await();
        }
        if (settings.dropAfter() < 0) {
            throw exchange.drop();
        }
        Failure failure = reply.failure();
        if (failure != null) {
            exchange.answer(failure.status(), headers(failure), errorBody(failure));
        } else if (streaming) {
            stream();
        } else {
            whole();
        }
    }

    static byte[] bytes(Object json) {
        return Json.text(json).getBytes(StandardCharsets.UTF_8);
    }

    private void stream() throws IOException, InterruptedException {
        exchange.startStream(Map.of(
                "content-type",
                "text/event-stream; charset=utf-8",
                "cache-control",
                "no-cache",
                "request-id",
                id("req")));
        ObjectNode start = Json.object();
        start.set("message", message(settings.inputTokens(), 1));
        send("message_start", start);
        dropIfDue();
        for (int i = 0; i < reply.blocks().size(); i++) {
            stream(reply.blocks().get(i), i);
        }
        ObjectNode end = Json.object();
        end.putObject("delta").put("stop_reason", stopReason()).putNull("stop_sequence");
        end.putObject("usage").put("output_tokens", settings.outputTokens());
        send("message_delta", end);
        send("message_stop", Json.object());
        exchange.endStream();
    }

    private void stream(Block block, int index) throws IOException, InterruptedException {
        ObjectNode start = Json.object().put("index", index);
        start.set("content_block", empty(block, index));
        send("content_block_start", start);
        for (String text : block.deltas()) {
            if (sent > 0) {
                Thread.sleep(settings.betweenDeltas());
            }
            delta(index, kindOfDelta(block), fieldOfDelta(block), text);
            afterDelta();
        }
        if (block.type().equals("thinking")) {
            delta(index, "signature_delta", "signature", SIGNATURE);
        }
        send("content_block_stop", Json.object().put("index", index));
    }

    private void whole() throws IOException, InterruptedException {
        ObjectNode message = message(settings.inputTokens(), settings.outputTokens());
        message.put("stop_reason", stopReason());
        ArrayNode content = message.putArray("content");
        List<Block> blocks = reply.blocks();
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            ObjectNode filled = empty(block, i);
            if (block.isToolUse()) {
                filled.set("input", Json.tree(Json.map(block.joined().getBytes(StandardCharsets.UTF_8))));
            } else {
                filled.put(block.type(), block.joined());
            }
            if (block.type().equals("thinking")) {
                filled.put("signature", SIGNATURE);
            }
            content.add(filled);
        }
        dropIfDue();
        for (Block block : blocks) {
            for (int i = 0; i < block.deltas().size(); i++) {
                if (sent > 0) {
                    Thread.sleep(settings.betweenDeltas());
                }
                afterDelta();
            }
        }
        exchange.answer(200, Map.of("content-type", "application/json", "request-id", id("req")), bytes(message));
    }

    private void afterDelta() throws IOException, InterruptedException {
        sent++;
        settings.awaitGates(sent);
        dropIfDue();
    }

    private void dropIfDue() throws IOException {
        if (settings.dropAfter() == sent) {
            throw exchange.drop();
        }
    }

    private ObjectNode message(long input, long output) {
        ObjectNode message = Json.object()
                .put("id", id("msg"))
                .put("type", "message")
                .put("role", "assistant")
                .put("model", model);
        message.putArray("content");
        message.putNull("stop_reason").putNull("stop_sequence");
        message.putObject("usage")
                .put("input_tokens", input)
                .put("cache_creation_input_tokens", 0)
                .put("cache_read_input_tokens", 0)
                .put("output_tokens", output);
        return message;
    }

    private ObjectNode empty(Block block, int index) {
        ObjectNode json = Json.object().put("type", block.type());
        switch (block.type()) {
            case "tool_use" ->
                json.put("id", id("toolu") + "_" + index)
                        .put("name", block.name())
                        .putObject("input");
            case "thinking" -> json.put("thinking", "").put("signature", "");
            default -> json.put("text", "");
        }
        return json;
    }

    private void delta(int index, String type, String field, String text) throws IOException {
        ObjectNode json = Json.object().put("index", index);
        json.putObject("delta").put("type", type).put(field, text);
        send("content_block_delta", json);
    }

    private void send(String type, ObjectNode data) throws IOException {
        ObjectNode event = Json.object().put("type", type);
        event.setAll(data);
        exchange.stream(("event: " + type + "\ndata: " + Json.text(event) + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    private String stopReason() {
        String own = settings.stopReason();
        return own != null ? own : reply.blocks().stream().anyMatch(Block::isToolUse) ? "tool_use" : "end_turn";
    }

    private static String kindOfDelta(Block block) {
        return block.isToolUse() ? "input_json_delta" : block.type() + "_delta";
    }

    private static String fieldOfDelta(Block block) {
        return block.isToolUse() ? "partial_json" : block.type();
    }

    private Map<String, String> headers(Failure failure) {
        return failure.retryable()
                ? Map.of("content-type", "application/json", "request-id", id("req"))
                : Map.of("content-type", "application/json", "request-id", id("req"), "x-should-retry", "false");
    }

    private byte[] errorBody(Failure failure) {
        ObjectNode body = Json.object().put("type", "error");
        body.putObject("error").put("type", failure.type()).put("message", failure.message());
        return bytes(body.put("request_id", id("req")));
    }

    private String id(String prefix) {
        return "%s_fake%06d".formatted(prefix, number);
    }
}
