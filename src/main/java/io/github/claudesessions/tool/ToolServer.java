package io.github.claudesessions.tool;

import io.github.claudesessions.internal.Check;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A group of tools, which the model knows as {@code mcp__server__tool}: that is their name in rules such as
 * {@code allowedTool("mcp__server__tool")}; {@code mcp__server} means all of them. Immutable; many sessions may use it.
 */
public final class ToolServer {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int MAX_API_NAME = 128;

    private final String name;
    private final @Nullable String instructions;
    private final Map<String, Tool> tools;
    private final Map<String, ToolPolicy> policies;

    private ToolServer(
            String name, @Nullable String instructions, Map<String, Tool> tools, Map<String, ToolPolicy> policies) {
        this.name = name;
        this.instructions = instructions;
        this.tools = tools;
        this.policies = policies;
    }

    /** Groups {@code tools}, whose names must differ. The name is of letters, digits, {@code _}, {@code -}. */
    public static ToolServer of(String name, Tool... tools) {
        return of(name, Arrays.asList(Check.notNull("tools", tools)));
    }

    /** As {@link #of(String, Tool...)}. */
    public static ToolServer of(String name, Collection<Tool> tools) {
        Check.that(
                NAME.matcher(Check.notNull("name", name)).matches(),
                "name must be 1 to 64 of letters, digits, '_' and '-', was \"%s\"",
                name);
        Map<String, Tool> byName = new LinkedHashMap<>();
        for (Tool tool : Check.notNull("tools", tools)) {
            Check.that(byName.put(tool.name(), tool) == null, "tool %s must be there once", tool.name());
            String full = fullName(name, tool);
            Check.that(full.length() <= MAX_API_NAME, "%s must have at most %d characters", full, MAX_API_NAME);
        }
        return new ToolServer(name, null, byName, Map.of());
    }

    /** This server with a text that tells the model how its tools go together. */
    public ToolServer instructions(String text) {
        return new ToolServer(name, Check.notBlank("instructions", text), tools, policies);
    }

    /**
     * This server with a policy for one of its tools, which goes before the rules of the session.
     *
     * @param tool the name of the tool
     * @param policy not {@link ToolPolicy#ALWAYS_ALLOW}, which the CLI ignores here
     */
    public ToolServer toolPolicy(String tool, ToolPolicy policy) {
        Check.that(tools.containsKey(tool), "toolPolicy must be of a tool of %s, was of \"%s\"", name, tool);
        Check.that(
                !Check.notNull("toolPolicy", policy).equals(ToolPolicy.ALWAYS_ALLOW),
                "toolPolicy of %s must not be %s (use allowedTool)",
                tool,
                policy);
        Map<String, ToolPolicy> more = new LinkedHashMap<>(policies);
        more.put(tool, policy);
        return new ToolServer(name, instructions, tools, Collections.unmodifiableMap(more));
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** How the tools go together, if it was said. */
    public Optional<String> instructions() {
        return Optional.ofNullable(instructions);
    }

    /** The policies for tools, by the name of the tool. */
    public Map<String, ToolPolicy> toolPolicies() {
        return policies;
    }

    /** The tools. */
    public List<Tool> tools() {
        return List.copyOf(tools.values());
    }

    /** The tool of this name. */
    public Optional<Tool> tool(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    /** The names of the tools as rules and messages have them: {@code mcp__server__tool}. */
    public List<String> toolNames() {
        return tools.values().stream().map(tool -> fullName(name, tool)).toList();
    }

    private static String fullName(String server, Tool tool) {
        return "mcp__" + server + "__" + tool.name();
    }

    /** The names. */
    @Override
    public String toString() {
        return "ToolServer[" + name + ": " + String.join(", ", tools.keySet()) + "]";
    }
}
