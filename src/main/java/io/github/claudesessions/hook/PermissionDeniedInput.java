package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Frozen;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.McpProvenance;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The safety check of the permission mode {@code auto} denied a tool call. Hook event {@code PermissionDenied}.
 *
 * @param context what is known at every event
 * @param toolName name of the tool
 * @param toolInput input of the call; a JSON null in it is a null value
 * @param toolUseId id of the call
 * @param reason why
 * @param mcpServer the MCP server of the tool, or null
 */
public record PermissionDeniedInput(
        HookContext context,
        String toolName,
        Map<String, Object> toolInput,
        String toolUseId,
        String reason,
        @Nullable McpProvenance mcpServer)
        implements HookInput {
    /** Copies the collections. */
    public PermissionDeniedInput {
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
