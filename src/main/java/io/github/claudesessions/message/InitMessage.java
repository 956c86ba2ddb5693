package io.github.claudesessions.message;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The start of a turn: what the session works with. Wire type {@code system/init}.
 *
 * @param model the model
 * @param cwd the working directory
 * @param permissionMode how tools are permitted
 * @param tools names of the tools
 * @param mcpServers the MCP servers
 * @param claudeCodeVersion version of the CLI
 * @param apiKeySource where the credentials come from
 * @param outputStyle the output style
 * @param slashCommands names of the commands
 * @param skills names of the skills
 * @param plugins the plugins
 * @param agents names of the subagent types; empty if absent
 * @param betas beta headers sent to the API; empty if absent
 * @param terminalSlashCommands commands that only work in a terminal; empty if absent
 * @param pluginErrors plugins that could not be loaded; empty if absent
 * @param mcpServerErrors MCP configurations that were skipped; empty if absent
 * @param fastModeState fast mode, or null
 * @param fastModeDisabledReason why it is off, or null
 * @param effort effort of the model, or null
 * @param viewMode {@code focus} or {@code default}, or null
 * @param capabilities what this CLI can do; empty if absent
 * @param userMessageUuids the prompts of the turn; empty if absent
 */
public record InitMessage(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String model,
        String cwd,
        PermissionMode permissionMode,
        List<String> tools,
        List<McpServer> mcpServers,
        String claudeCodeVersion,
        String apiKeySource,
        String outputStyle,
        List<String> slashCommands,
        List<String> skills,
        List<Plugin> plugins,
        List<String> agents,
        List<String> betas,
        List<String> terminalSlashCommands,
        List<PluginError> pluginErrors,
        List<Object> mcpServerErrors,
        @Nullable FastModeState fastModeState,
        @Nullable String fastModeDisabledReason,
        @Nullable String effort,
        @Nullable String viewMode,
        List<String> capabilities,
        List<String> userMessageUuids)
        implements SystemMessage {
    /** Copies the collections. */
    public InitMessage {
        tools = List.copyOf(tools);
        mcpServers = List.copyOf(mcpServers);
        slashCommands = List.copyOf(slashCommands);
        skills = List.copyOf(skills);
        plugins = List.copyOf(plugins);
        agents = List.copyOf(agents);
        betas = List.copyOf(betas);
        terminalSlashCommands = List.copyOf(terminalSlashCommands);
        pluginErrors = List.copyOf(pluginErrors);
        mcpServerErrors = List.copyOf(mcpServerErrors);
        capabilities = List.copyOf(capabilities);
        userMessageUuids = List.copyOf(userMessageUuids);
    }

    /**
     * An MCP server.
     *
     * @param name its name
     * @param status its state
     * @param source where it was configured, or null
     */
    public record McpServer(
            String name, McpServerState status, @Nullable String source) {}

    /**
     * A loaded plugin.
     *
     * @param name its name
     * @param path its folder
     * @param version its version, or null
     */
    public record Plugin(String name, String path, @Nullable String version) {}

    /**
     * A plugin that could not be loaded.
     *
     * @param plugin its name
     * @param type kind of the failure
     * @param message what went wrong
     * @param path its folder, or null
     * @param managedLock the managed setting that holds it; empty if absent
     */
    public record PluginError(
            String plugin,
            String type,
            String message,
            @Nullable String path,
            Map<String, Object> managedLock) {
        /** Copies the collections. */
        public PluginError {
            managedLock = Copies.map(managedLock);
        }
    }
}
