package io.github.claudesessions.internal.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.json.Json;

/** Messages of JSON-RPC. */
final class Rpc {
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;

    private Rpc() {}

    static ObjectNode result(JsonNode id, ObjectNode result) {
        ObjectNode response = Json.object().put("jsonrpc", "2.0");
        response.set("id", id);
        response.set("result", result);
        return response;
    }

    static ObjectNode error(JsonNode id, int code, String message) {
        ObjectNode response = Json.object().put("jsonrpc", "2.0");
        response.set("id", id.isMissingNode() ? Json.object().numberNode(0) : id);
        response.putObject("error").put("code", code).put("message", message);
        return response;
    }

    /** What the CLI wants for a message that has no response. */
    static ObjectNode noted() {
        return result(Json.object().numberNode(0), Json.object());
    }
}
