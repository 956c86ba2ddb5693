package io.github.claudesessions.hook;

import org.jspecify.annotations.Nullable;

/**
 * Something that runs in the background.
 *
 * @param id its id
 * @param type its kind
 * @param status how it is
 * @param description what it does
 * @param command the command, or null
 * @param agentType type of the agent, or null
 * @param server the MCP server, or null
 * @param tool the tool, or null
 * @param name its name, or null
 */
public record BackgroundTask(
        String id,
        String type,
        String status,
        String description,
        @Nullable String command,
        @Nullable String agentType,
        @Nullable String server,
        @Nullable String tool,
        @Nullable String name) {}
