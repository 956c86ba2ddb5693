package io.github.claudesessions.internal.mcp;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.tool.ToolContent;
import io.github.claudesessions.tool.ToolResult;
import org.jspecify.annotations.Nullable;

/** A result as MCP has it. */
final class ResultJson {
    private ResultJson() {}

    static ObjectNode of(ToolResult result) {
        ObjectNode json = Json.object();
        ArrayNode content = json.putArray("content");
        result.content().forEach(piece -> content.add(of(piece)));
        result.structuredContent().ifPresent(object -> json.set("structuredContent", Json.tree(object)));
        if (result.isError()) {
            json.put("isError", true);
        }
        return json;
    }

    private static ObjectNode of(ToolContent piece) {
        ObjectNode json = Json.object();
        switch (piece) {
            case ToolContent.Text text -> json.put("type", "text").put("text", text.text());
            case ToolContent.Image image ->
                json.put("type", "image").put("data", image.base64()).put("mimeType", image.mimeType());
            case ToolContent.Link link -> {
                json.put("type", "resource_link").put("uri", link.uri()).put("name", link.name());
                put(json, "description", link.description());
                put(json, "mimeType", link.mimeType());
            }
            case ToolContent.Resource resource -> {
                ObjectNode inner =
                        json.put("type", "resource").putObject("resource").put("uri", resource.uri());
                put(inner, "mimeType", resource.mimeType());
                put(inner, "text", resource.text());
                put(inner, "blob", resource.base64());
            }
        }
        return json;
    }

    private static void put(ObjectNode json, String name, @Nullable String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
