package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Frozen;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.McpProvenance;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool has run. Hook event {@code PostToolUse}.
 *
 * @param context what is known at every event
 * @param toolName name of the tool
 * @param toolInput input of the call; a JSON null in it is a null value
 * @param toolResponse what it returned: a map, a list, a string, a number, a boolean, or null
 * @param toolUseId id of the call
 * @param durationMs how long it ran, in milliseconds, or null
 * @param mcpServer the MCP server of the tool, or null
 */
public record PostToolUseInput(
        HookContext context,
        String toolName,
        Map<String, Object> toolInput,
        @Nullable Object toolResponse,
        String toolUseId,
        @Nullable Long durationMs,
        @Nullable McpProvenance mcpServer)
        implements HookInput {
    /** Copies the collections. */
    public PostToolUseInput {
        toolInput = Frozen.map(toolInput);
    }

    /**
     * The input bound to {@code type}, a record or a bean.
     *
     * @throws IllegalArgumentException if it does not fit the type
     */
    public <T> T toolInputAs(Class<T> type) {
        return Json.bind(toolInput, type);
    }
}
