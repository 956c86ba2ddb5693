package io.github.claudesessions.internal.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.json.Json;

/** The line that carries a prompt. */
final class Prompts {
    private Prompts() {}

    /** @param verbatim whether the prompt is to be taken as it is */
    static ObjectNode line(String uuid, JsonNode content, boolean verbatim) {
        ObjectNode line = Json.object().put("type", "user").put("session_id", "");
        line.putObject("message").put("role", "user").set("content", content);
        line.putNull("parent_tool_use_id").put("uuid", uuid);
        return verbatim ? line.put("client_composed", true) : line;
    }
}
