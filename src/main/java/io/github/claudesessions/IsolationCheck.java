package io.github.claudesessions;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.claudesessions.error.IsolationException;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.ConnectionEnd;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.tool.ToolServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Compares what the CLI says that a session has with what its options ask for. */
final class IsolationCheck {
    /** The CLI's own, which nothing on the wire tells from others. */
    private static final Set<String> AGENTS =
            Set.of("claude", "claude-code-guide", "Explore", "general-purpose", "Plan", "statusline-setup");

    /** What comes with tools that were asked for: the names of today and of old, what reads results, MCP resources. */
    private static final Set<String> TOOLS = Set.of(
            "Agent",
            "Task",
            "StructuredOutput",
            "ToolSearch",
            "ListMcpResourcesTool",
            "ReadMcpResourceTool",
            "ReadMcpResourceDirTool");

    /** Who sets the MCP servers that the host passes, at the start or later. */
    private static final Set<String> HOST = Set.of("dynamic", "sdk");

    private static final String MCP = "mcp__";

    private final ClaudeOptions options;
    private final Isolation isolation;
    private final Set<String> servers = new HashSet<>();
    private final Set<String> builtIn = new HashSet<>();
    private final AtomicBoolean begun = new AtomicBoolean();

    IsolationCheck(ClaudeOptions options, Isolation isolation) {
        this.options = options;
        this.isolation = isolation;
        servers.addAll(options.mcpServers().keySet());
        options.toolServers().stream().map(ToolServer::name).forEach(servers::add);
    }

    /**
     * Before the first prompt.
     *
     * @throws IsolationException if there is anything else
     */
    void opened(SessionCore core) {
        Set<String> extras = new TreeSet<>();
        started(Json.tree(Json.map(core.facts().serverInfo())), extras);
        for (McpServerStatus server : McpControl.status(core, options.controlTimeout())) {
            if (!servers.contains(server.name())) {
                extras.add(named("MCP server", server.name()));
            }
        }
        settings(core.control("get_settings", Json.object()), extras);
        hooks(core.control("get_hooks_listing", Json.object()).path("hooks"), extras);
        if (core.control("get_memory_dialog", Json.object())
                .path("auto_memory")
                .path("enabled")
                .asBoolean(true)) {
            extras.add("auto memory");
        }
        if (isExtra(extras)) {
            throw new IsolationException(List.copyOf(extras));
        }
    }

    private boolean isExtra(Set<String> extras) {
        extras.removeAll(isolation.expected());
        return !extras.isEmpty();
    }

    private void started(JsonNode info, Set<String> extras) {
        for (JsonNode command : info.path("commands")) {
            String name = command.path("name").asText();
            if (command.path("builtin").asBoolean()) {
                builtIn.add(name);
            } else if (!isOfPlugin(name) && !isOfServer(name)) {
                extras.add(named("command", name));
            }
        }
        for (JsonNode agent : info.path("agents")) {
            String name = agent.path("name").asText();
            if (!isAgent(name) && !isOfPlugin(name)) {
                extras.add(named("agent", name));
            }
        }
        String style = info.path("output_style").asText("default");
        if (!style.equals("default") && !options.settings().containsKey("outputStyle")) {
            extras.add(named("output style", style));
        }
        // the source of the key is told when the helper has run, which the CLI does not wait for
        credential(info.path("account").path("tokenSource").asText("unknown"), extras);
    }

    private void credential(String source, Set<String> extras) {
        if (options.apiKey().isPresent() && !source.equals("apiKeyHelper")) {
            extras.add(named("credential", source));
        }
    }

    private void settings(JsonNode answer, Set<String> extras) {
        JsonNode managed = Json.tree(options.managedSettings());
        for (JsonNode source : answer.path("sources")) {
            String name = source.path("source").asText();
            if (name.equals("policySettings")) {
                source.path("settings").properties().forEach(setting -> {
                    // a session's disableAllHooks becomes this
                    boolean translated =
                            setting.getKey().equals("allowManagedHooksOnly") && managed.has("disableAllHooks");
                    if (!translated && !setting.getValue().equals(managed.get(setting.getKey()))) {
                        extras.add("policySettings " + setting.getKey());
                    }
                });
            } else if (!name.equals("flagSettings")) {
                extras.add(name);
            }
        }
        if (answer.path("withheld").asBoolean()) {
            extras.add("settings that are withheld");
        }
    }

    private void hooks(JsonNode hooks, Set<String> extras) {
        for (JsonNode hook : hooks) {
            String source = hook.path("source").asText();
            boolean given = source.equals("flagSettings") && options.settings().containsKey("hooks");
            boolean ofPlugin = source.equals("pluginHook")
                    && !options.plugins().isEmpty()
                    && hook.path("pluginName").asText().endsWith("@inline");
            if (!given && !ofPlugin) {
                extras.add("hook " + hook.path("event").asText() + " of " + source);
            }
        }
    }

    /** At the start of a turn; only the first is looked at, because the host may change much at run time. */
    ConnectionEnd.@Nullable Failed turnBegun(InitMessage init) {
        if (begun.getAndSet(true)) {
            return null;
        }
        Set<String> extras = new TreeSet<>();
        for (InitMessage.McpServer server : init.mcpServers()) {
            if (HOST.contains(String.valueOf(server.source()))) {
                servers.add(server.name());
            } else if (!servers.contains(server.name())) {
                extras.add(named("MCP server", server.name()));
            }
        }
        Set<String> plugins = plugins(init, extras);
        for (String agent : init.agents()) {
            if (!isAgent(agent) && !isOf(plugins, agent)) {
                extras.add(named("agent", agent));
            }
        }
        commands("skill", init.skills(), plugins, extras);
        commands("command", init.slashCommands(), plugins, extras);
        tools(init.tools(), extras);
        if (!init.apiKeySource().equals("none")) { // the helper may still be running
            credential(init.apiKeySource(), extras);
        }
        if (init.raw().toMap().get("memory_paths") != null) {
            extras.add("auto memory");
        }
        if (!isExtra(extras)) {
            return null;
        }
        List<String> found = List.copyOf(extras);
        return new ConnectionEnd.Failed("the session is not isolated", reason -> new IsolationException(found));
    }

    /** The names of those that the options or the CLI itself bring. */
    private Set<String> plugins(InitMessage init, Set<String> extras) {
        Set<String> paths = new HashSet<>();
        options.plugins().forEach(plugin -> paths.add(plugin.path().toString()));
        Set<String> names = new HashSet<>();
        for (InitMessage.Plugin plugin : init.plugins()) {
            if (paths.contains(plugin.path()) || plugin.path().equals("builtin")) {
                names.add(plugin.name());
            } else {
                extras.add(named("plugin", plugin.name()));
            }
        }
        return names;
    }

    private void commands(String kind, List<String> names, Set<String> plugins, Set<String> extras) {
        for (String name : names) {
            if (!builtIn.contains(name) && !isOf(plugins, name) && !isOfServer(name)) {
                extras.add(named(kind, name));
            }
        }
    }

    private void tools(List<String> tools, Set<String> extras) {
        Set<String> asked = new HashSet<>(options.tools().orElse(List.of("default")));
        for (String tool : tools) {
            boolean given = tool.startsWith(MCP)
                    ? isOfServer(tool)
                    : asked.contains("default") || asked.contains(tool) || TOOLS.contains(tool);
            if (!given) {
                extras.add(named("tool", tool));
            }
        }
    }

    private boolean isAgent(String name) {
        return AGENTS.contains(name) || options.agents().containsKey(name);
    }

    /** A plugin's name is known only when it has been loaded: until then any will do, if there is to be one. */
    private boolean isOfPlugin(String name) {
        return !options.plugins().isEmpty() && name.indexOf(':') > 0;
    }

    private static boolean isOf(Set<String> plugins, String name) {
        int colon = name.indexOf(':');
        return colon > 0 && plugins.contains(name.substring(0, colon));
    }

    /** Whether it is a tool or prompt of an MCP server that was asked for. */
    private boolean isOfServer(String name) {
        return servers.stream()
                .anyMatch(server -> name.startsWith(MCP + server.replaceAll("[^a-zA-Z0-9_-]", "_") + "__"));
    }

    private static String named(String kind, String name) {
        return kind + " \"" + name + "\"";
    }
}
