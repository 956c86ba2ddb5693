package io.github.claudesessions.hook;

import io.github.claudesessions.internal.Frozen;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The user has answered an MCP server. Hook event {@code ElicitationResult}.
 *
 * @param context what is known at every event
 * @param mcpServerName the server
 * @param elicitationId id of the question, or null
 * @param mode how, or null
 * @param action what became of the question
 * @param content the answer; empty if absent
 */
public record ElicitationResultInput(
        HookContext context,
        String mcpServerName,
        @Nullable String elicitationId,
        @Nullable ElicitationMode mode,
        ElicitationAction action,
        Map<String, Object> content)
        implements HookInput {
    /** Copies the collections. */
    public ElicitationResultInput {
        content = Frozen.map(content);
    }
}
