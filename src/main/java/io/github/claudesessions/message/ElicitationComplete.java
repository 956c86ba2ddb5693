package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A question of an MCP server was answered. Wire type {@code system/elicitation_complete}.
 *
 * @param mcpServerName the server
 * @param elicitationId id of the question
 */
public record ElicitationComplete(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, String mcpServerName, String elicitationId)
        implements SystemMessage {}
