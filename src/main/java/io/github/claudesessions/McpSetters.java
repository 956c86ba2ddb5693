package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.schema.OutputType;
import io.github.claudesessions.internal.schema.Schema;
import io.github.claudesessions.tool.MountedServer;
import io.github.claudesessions.tool.ToolServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tools of this JVM, MCP servers, and structured output. */
abstract sealed class McpSetters<B> extends ToolSetters<B> permits CallbackSetters {
    McpSetters(Map<Option<?>, Object> values) {
        super(values);
    }

    /**
     * The tools that run in this JVM, in groups. Default: none. The model is offered them from the first turn on; whether
     * they may run is decided like for any tool, so allow them: {@code allowedTool("mcp__server__tool")}. Replaces what
     * was set.
     */
    public B toolServers(Collection<ToolServer> servers) {
        List<ToolServer> given = List.copyOf(Check.notNull("toolServers", servers));
        Check.that(
                given.stream().map(ToolServer::name).distinct().count() == given.size(),
                "toolServers must have different names, were %s",
                given);
        return set(Option.TOOL_SERVERS, given);
    }

    /** As {@link #toolServers(Collection)}. */
    public B toolServers(ToolServer... servers) {
        return toolServers(Arrays.asList(Check.notNull("toolServers", servers)));
    }

    /** One more group of tools that run in this JVM. */
    public B toolServer(ToolServer server) {
        Check.notNull("toolServer", server);
        List<ToolServer> now = get(Option.TOOL_SERVERS);
        Check.that(
                now == null || now.stream().noneMatch(other -> other.name().equals(server.name())),
                "toolServer must have a name of its own, was \"%s\"",
                server.name());
        return add(Option.TOOL_SERVERS, server);
    }

    /**
     * The MCP servers that run in this JVM, by name, such as those of the official MCP SDK: see
     * {@link io.github.claudesessions.mcp.ClaudeTransportProvider}. Default: none. Their tools are offered and allowed as
     * those of {@link #toolServers}. Replaces what was set.
     */
    public B mountedServers(Map<String, ? extends MountedServer> servers) {
        Map<String, MountedServer> copy = new LinkedHashMap<>();
        Check.notNull("mountedServers", servers)
                .forEach((name, server) -> copy.put(serverName(name), Check.notNull(name, server)));
        return set(Option.MOUNTED_SERVERS, Collections.unmodifiableMap(copy));
    }

    /** One more MCP server that runs in this JVM; one of the same name is replaced. */
    public B mountedServer(String name, MountedServer server) {
        Map<String, MountedServer> now = get(Option.MOUNTED_SERVERS);
        Map<String, MountedServer> more = now == null ? new LinkedHashMap<>() : new LinkedHashMap<>(now);
        more.put(serverName(name), Check.notNull("mountedServer", server));
        return mountedServers(more);
    }

    private static String serverName(String name) {
        return ToolServer.of(name).name();
    }

    /**
     * What the tools should know of this session: handlers get it from {@code ToolContext.session(Class)}. Default: none.
     * Never leaves this JVM.
     */
    public B toolContext(Object context) {
        return set(Option.TOOL_CONTEXT, Check.notNull("toolContext", context));
    }

    /**
     * The MCP servers outside this JVM, by name; for one inside see {@link #mountedServer}. Default: none beside those of settings. They are given to the CLI on
     * its standard input, so that what they contain does not show in the process list. The CLI connects them while the
     * first turn may begin without them, see {@link #awaitMcpReady}; it tries one that failed again by itself. Those with
     * a {@code toolPolicy} are waited for, as after {@link ClaudeSession#setMcpServers}. Replaces what was set.
     */
    public B mcpServers(Map<String, ? extends McpServer> servers) {
        Map<String, McpServer> copy = new LinkedHashMap<>();
        Check.notNull("mcpServers", servers)
                .forEach((name, server) -> copy.put(Rules.word("mcpServer name", name), Check.notNull(name, server)));
        return set(Option.MCP_SERVERS, Collections.unmodifiableMap(copy));
    }

    /** One more MCP server; one of the same name is replaced. */
    public B mcpServer(String name, McpServer server) {
        Map<String, McpServer> now = get(Option.MCP_SERVERS);
        Map<String, McpServer> more = now == null ? new LinkedHashMap<>() : new LinkedHashMap<>(now);
        more.put(Rules.word("mcpServer name", name), Check.notNull("mcpServer", server));
        return mcpServers(more);
    }

    /** Whether MCP servers of settings and projects are left out. Default: false. */
    public B strictMcpConfig(boolean strict) {
        return set(Option.STRICT_MCP_CONFIG, strict);
    }

    /**
     * Has the opening of the session wait until each of {@link #mcpServers} is connected or has failed, so that the first
     * turn has their tools. Default: it does not wait. When the time is over, the opening fails with a
     * {@link io.github.claudesessions.error.TimeLimitException TimeLimitException}; a server that has failed does not
     * fail it, see {@link ClaudeSession#mcpServers()}.
     */
    public B awaitMcpReady(Duration limit) {
        return set(Option.AWAIT_MCP_READY, Rules.timeout("awaitMcpReady", limit));
    }

    /**
     * The JSON Schema that the structured output of each turn must fit, of type {@code object}; the package
     * {@code schema} lists what is supported. Default: no structured output. The CLI lets the model correct itself four
     * times in a turn. {@link io.github.claudesessions.message.ResultMessage#structuredOutput() structuredOutput()} has
     * the output.
     */
    public B outputSchema(Map<String, ?> schema) {
        Map<String, Object> copy = Json.map(Json.tree(Check.notNull("outputSchema", schema)));
        Check.that("object".equals(copy.get("type")), "outputSchema must be of type object, was %s", copy.get("type"));
        return set(
                Option.OUTPUT_SCHEMA,
                Schema.of(Collections.unmodifiableMap(copy)).root());
    }

    /** The schema of {@code type}, as {@link ClaudeSession#query(String, Class)} needs it. */
    public B outputSchema(Class<?> type) {
        return set(
                Option.OUTPUT_SCHEMA,
                OutputType.of(Check.notNull("outputSchema", type)).schema());
    }

    /**
     * Whether a query for a type whose turn ends without valid output runs one more turn that says what was wrong.
     * Default: false. The result of that turn counts, whatever it is.
     */
    public B outputRepair(boolean repair) {
        return set(Option.OUTPUT_REPAIR, repair);
    }
}
