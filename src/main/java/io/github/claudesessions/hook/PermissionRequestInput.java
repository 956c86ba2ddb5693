package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Frozen;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.message.McpProvenance;
import io.github.claudesessions.permission.PermissionUpdate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The permission handler is asked whether a tool may run. Hook event {@code PermissionRequest}.
 *
 * @param context what is known at every event
 * @param toolName name of the tool
 * @param toolInput input of the call; a JSON null in it is a null value
 * @param permissionSuggestions changes that the CLI proposes so that it need not ask again; empty if absent
 * @param mcpServer the MCP server of the tool, or null
 */
public record PermissionRequestInput(
        HookContext context,
        String toolName,
        Map<String, Object> toolInput,
        List<PermissionUpdate> permissionSuggestions,
        @Nullable McpProvenance mcpServer)
        implements HookInput {
    /** Copies the collections. */
    public PermissionRequestInput {
        toolInput = Frozen.map(toolInput);
        permissionSuggestions = List.copyOf(permissionSuggestions);
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
