package io.github.claudesessions;

import java.nio.file.Path;

/**
 * A plugin of Claude Code: commands, agents, skills, hooks and MCP servers in a folder or a zip file.
 *
 * @param path where it is, absolute
 * @param skipMcpDiscovery whether its MCP servers are left alone
 */
public record Plugin(Path path, boolean skipMcpDiscovery) {
    /** Makes the path absolute. */
    public Plugin {
        path = Rules.path("plugin", path);
    }

    /** The whole plugin at {@code path}. */
    public static Plugin at(Path path) {
        return new Plugin(path, false);
    }

    /** This plugin without its MCP servers, for a host that connects them itself. */
    public Plugin withoutMcpServers() {
        return new Plugin(path, true);
    }
}
