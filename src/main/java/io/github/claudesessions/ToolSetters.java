package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import io.github.claudesessions.message.PermissionMode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Which tools there are, which may run, and whose settings say so. */
abstract sealed class ToolSetters<B> extends ModelSetters<B> permits CallbackSetters {
    ToolSetters(Map<Option<?>, Object> values) {
        super(values);
    }

    /**
     * The built-in tools that the session has, by name, such as {@code Read}; an empty collection is none. Default: the
     * CLI's own set. Replaces what was set.
     */
    public B tools(Collection<String> tools) {
        return set(
                Option.TOOLS,
                Check.notNull("tools", tools).stream()
                        .map(tool -> Rules.word("tool", tool))
                        .toList());
    }

    /** As {@link #tools(Collection)}; without arguments the session has no built-in tool. */
    public B tools(String... tools) {
        return tools(Arrays.asList(Check.notNull("tools", tools)));
    }

    /** One more built-in tool; the first one replaces the CLI's own set. */
    public B tool(String tool) {
        return add(Option.TOOLS, Rules.word("tool", tool));
    }

    /**
     * The tools that run without a question, as rules: {@code Read}, {@code Bash(git log:*)}. Default: none. A rule has
     * balanced parentheses, and commas and white space only inside them. Replaces what was set.
     */
    public B allowedTools(Collection<String> rules) {
        return set(Option.ALLOWED_TOOLS, Rules.toolRules("allowedTool", rules));
    }

    /** As {@link #allowedTools(Collection)}. */
    public B allowedTools(String... rules) {
        return allowedTools(Arrays.asList(Check.notNull("allowedTools", rules)));
    }

    /** One more rule for tools that run without a question. */
    public B allowedTool(String rule) {
        return add(Option.ALLOWED_TOOLS, Rules.toolRule("allowedTool", rule));
    }

    /**
     * The tools that never run, as rules; they win over {@link #allowedTools(Collection)}. Default: none. A tool named
     * without parentheses is hidden from the model. Replaces what was set.
     */
    public B disallowedTools(Collection<String> rules) {
        return set(Option.DISALLOWED_TOOLS, Rules.toolRules("disallowedTool", rules));
    }

    /** As {@link #disallowedTools(Collection)}. */
    public B disallowedTools(String... rules) {
        return disallowedTools(Arrays.asList(Check.notNull("disallowedTools", rules)));
    }

    /** One more rule for tools that never run. */
    public B disallowedTool(String rule) {
        return add(Option.DISALLOWED_TOOLS, Rules.toolRule("disallowedTool", rule));
    }

    /**
     * How the CLI decides whether a tool may run. Default: the CLI's own, {@link PermissionMode#DEFAULT}. The CLI refuses
     * {@link PermissionMode#BYPASS_PERMISSIONS} to the root user unless {@code IS_SANDBOX=1} is in its environment.
     */
    public B permissionMode(PermissionMode mode) {
        Rules.word("permissionMode", Check.notNull("permissionMode", mode).value());
        return set(Option.PERMISSION_MODE, mode);
    }

    /**
     * The places that the CLI reads settings, instructions and skills from. Default: none, so that an embedded session
     * does not depend on whose home folder or repository it happens to run in. Replaces what was set.
     */
    public B settingSources(Collection<SettingSource> sources) {
        return set(Option.SETTING_SOURCES, List.copyOf(Check.notNull("settingSources", sources)));
    }

    /** As {@link #settingSources(Collection)}. */
    public B settingSources(SettingSource... sources) {
        return settingSources(Arrays.asList(Check.notNull("settingSources", sources)));
    }

    /** One more place to read settings from. */
    public B settingSource(SettingSource source) {
        return add(Option.SETTING_SOURCES, Check.notNull("settingSource", source));
    }

    /**
     * Whether this session's model may see the other sessions of this machine, and message them and be messaged. Default:
     * false, because such a message makes the other session run a turn that nobody asked for.
     */
    public B peerMessaging(boolean peerMessaging) {
        return set(Option.PEER_MESSAGING, peerMessaging);
    }
}
