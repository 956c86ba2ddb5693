package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Frozen;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server asks the user something. Hook event {@code Elicitation}.
 *
 * @param context what is known at every event
 * @param mcpServerName the server
 * @param message the question
 * @param mode how, or null
 * @param url the page to open, or null
 * @param elicitationId id of the question, or null
 * @param requestedSchema JSON schema of the answer; empty if absent
 */
public record ElicitationInput(
        HookContext context,
        String mcpServerName,
        String message,
        @Nullable ElicitationMode mode,
        @Nullable String url,
        @Nullable String elicitationId,
        Map<String, Object> requestedSchema)
        implements HookInput {
    /** Copies the collections. */
    public ElicitationInput {
        requestedSchema = Frozen.map(requestedSchema);
    }
}
