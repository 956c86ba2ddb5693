package io.github.claudesessions.internal.codec;

import io.github.claudesessions.message.FastModeState;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.message.McpServerState;
import io.github.claudesessions.message.PermissionMode;

/** The start of a turn. */
final class InitCodec {
    private InitCodec() {}

    static InitMessage initMessage(Frame m) {
        Fields f = m.fields();
        return new InitMessage(
                m.uuid(),
                m.sessionId(),
                m.raw(),
                f.string("model"),
                f.string("cwd"),
                f.value("permissionMode", PermissionMode::new),
                f.strings("tools"),
                f.list("mcp_servers", InitCodec::mcpServer),
                f.string("claude_code_version"),
                f.string("apiKeySource"),
                f.string("output_style"),
                f.strings("slash_commands"),
                f.strings("skills"),
                f.list("plugins", InitCodec::plugin),
                f.stringsOrEmpty("agents"),
                f.stringsOrEmpty("betas"),
                f.stringsOrEmpty("terminal_slash_commands"),
                f.listOrEmpty("plugin_errors", InitCodec::pluginError),
                f.valuesOrEmpty("mcp_server_errors"),
                f.valueOrNull("fast_mode_state", FastModeState::new),
                f.stringOrNull("fast_mode_disabled_reason"),
                f.stringOrNull("effort"),
                f.stringOrNull("view_mode"),
                f.stringsOrEmpty("capabilities"),
                f.stringsOrEmpty("user_message_uuids"));
    }

    private static InitMessage.McpServer mcpServer(Fields f) {
        return new InitMessage.McpServer(
                f.string("name"), f.value("status", McpServerState::new), f.stringOrNull("source"));
    }

    private static InitMessage.Plugin plugin(Fields f) {
        return new InitMessage.Plugin(f.string("name"), f.string("path"), f.stringOrNull("version"));
    }

    private static InitMessage.PluginError pluginError(Fields f) {
        return new InitMessage.PluginError(
                f.string("plugin"),
                f.string("type"),
                f.string("message"),
                f.stringOrNull("path"),
                f.mapOrEmpty("managed_lock"));
    }
}
