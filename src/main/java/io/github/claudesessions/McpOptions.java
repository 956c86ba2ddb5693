package io.github.claudesessions;

import io.github.claudesessions.dialog.UserDialogHandler;
import io.github.claudesessions.elicitation.ElicitationHandler;
import io.github.claudesessions.tool.MountedServer;
import io.github.claudesessions.tool.ToolServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The accessors of what {@link McpSetters} sets, and of who answers MCP servers. */
abstract sealed class McpOptions extends LimitOptions permits ExtensionOptions {
    McpOptions(Map<Option<?>, Object> values) {
        super(values);
    }

    /** The tools that run in this JVM. */
    public List<ToolServer> toolServers() {
        return valueOf(Option.TOOL_SERVERS);
    }

    /** The MCP servers that run in this JVM, by name. */
    public Map<String, MountedServer> mountedServers() {
        return valueOf(Option.MOUNTED_SERVERS);
    }

    /** The object that handlers of tools get from their context, if one was set. */
    public Optional<Object> toolContext() {
        return Optional.ofNullable(get(Option.TOOL_CONTEXT));
    }

    /** The MCP servers by name. They can contain secrets. */
    public Map<String, McpServer> mcpServers() {
        return valueOf(Option.MCP_SERVERS);
    }

    /** Whether MCP servers of settings and projects are left out. */
    public boolean strictMcpConfig() {
        return valueOf(Option.STRICT_MCP_CONFIG);
    }

    /** How long opening waits for MCP servers, if it does. */
    public Optional<Duration> awaitMcpReady() {
        return Optional.ofNullable(get(Option.AWAIT_MCP_READY));
    }

    /** Who answers what MCP servers ask of the user. */
    public Optional<ElicitationHandler> elicitationHandler() {
        return Optional.ofNullable(get(Option.ELICITATION_HANDLER));
    }

    /** The longest time that the elicitation handler may take, if there is a limit. */
    public Optional<Duration> elicitationTimeout() {
        return Optional.ofNullable(get(Option.ELICITATION_TIMEOUT));
    }

    /** Who shows the dialogs that the CLI asks for. */
    public Optional<UserDialogHandler> userDialogHandler() {
        return Optional.ofNullable(get(Option.USER_DIALOG_HANDLER));
    }

    /** The kinds of dialogs that can be shown. */
    public List<String> supportedDialogKinds() {
        return valueOf(Option.SUPPORTED_DIALOG_KINDS);
    }

    /** The JSON Schema of each turn's structured output, if there is one. */
    public Optional<Map<String, Object>> outputSchema() {
        return Optional.ofNullable(get(Option.OUTPUT_SCHEMA));
    }

    /** Whether a turn without valid output is followed by one that asks for it again. */
    public boolean outputRepair() {
        return valueOf(Option.OUTPUT_REPAIR);
    }
}
