package io.github.claudesessions.message;

import io.github.claudesessions.internal.json.Json;
import java.util.Map;

/**
 * The model calls a tool. Wire type {@code tool_use}.
 *
 * @param id id of the call
 * @param name name of the tool
 * @param input input of the call; a JSON null in it is a null value
 */
public record ToolUseBlock(String id, String name, Map<String, Object> input) implements ContentBlock {
    /** Copies the collections. */
    public ToolUseBlock {
        input = Copies.map(input);
    }

    /**
     * The input bound to {@code type}, a record or a bean.
     *
     * @throws IllegalArgumentException if it does not fit the type
     */
    public <T> T inputAs(Class<T> type) {
        return Json.bind(input, type);
    }
}
