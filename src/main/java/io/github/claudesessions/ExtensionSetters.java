package io.github.claudesessions;

import io.github.claudesessions.internal.Check;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a session has beyond the built-in: agents, plugins, skills, and what it tells about its work. */
abstract sealed class ExtensionSetters<B> extends LimitSetters<B> permits PolicySetters {
    ExtensionSetters(Map<Option<?>, Object> values) {
        super(values);
    }

    /**
     * The agent that the session itself is, by name: its prompt, tools and model are those of the main conversation.
     * Default: none. It must be one of {@link #agents}, one that the {@link #settingSources} or a plugin define, or one of
     * the CLI's own; if there is no such agent, the session does not open.
     */
    public B agent(String name) {
        return set(Option.AGENT, Rules.argument("agent", name));
    }

    /** The agents that the model can give work to, by name. Default: the CLI's own only. Replaces what was set. */
    public B agents(Map<String, AgentDefinition> agents) {
        Map<String, AgentDefinition> copy = new LinkedHashMap<>();
        Check.notNull("agents", agents)
                .forEach((name, agent) ->
                        copy.put(Rules.argument("agent", name), Check.notNull("agent " + name, agent)));
        return set(Option.AGENTS, Collections.unmodifiableMap(copy));
    }

    /** One more agent that the model can give work to. */
    public B agent(String name, AgentDefinition agent) {
        Map<String, AgentDefinition> now = get(Option.AGENTS);
        Map<String, AgentDefinition> more = now == null ? new LinkedHashMap<>() : new LinkedHashMap<>(now);
        more.put(name, agent);
        return agents(more);
    }

    /** The plugins of the session. Default: none. Each must exist when the session opens. Replaces what was set. */
    public B plugins(Collection<Plugin> plugins) {
        return set(Option.PLUGINS, List.copyOf(Check.notNull("plugins", plugins)));
    }

    /** As {@link #plugins(Collection)}. */
    public B plugins(Plugin... plugins) {
        return plugins(Arrays.asList(Check.notNull("plugins", plugins)));
    }

    /** One more plugin. */
    public B plugin(Plugin plugin) {
        return add(Option.PLUGINS, Check.notNull("plugin", plugin));
    }

    /** One more plugin, in a folder or a zip file. */
    public B plugin(Path path) {
        return plugin(Plugin.at(path));
    }

    /**
     * The skills that the model is offered and may use without a question. Default: the CLI's own choice. Those that are
     * {@linkplain Skills#only(String...) named} must be there when the session opens; else it does not open.
     */
    public B skills(Skills skills) {
        return set(Option.SKILLS, Check.notNull("skills", skills));
    }

    /** These skills and no other: {@code skills(Skills.only(names))}. */
    public B skills(String... names) {
        return skills(Skills.only(names));
    }

    /**
     * Tools that take the place of others: when the model calls the tool that is named by the key, the one that is named
     * by the value runs. What the model is offered stays the same; {@code disallowedTools} hides a tool. Default: none.
     * Replaces what was set.
     */
    public B toolAliases(Map<String, String> aliases) {
        Map<String, String> copy = new LinkedHashMap<>();
        Check.notNull("toolAliases", aliases)
                .forEach(
                        (tool, other) -> copy.put(Rules.word("toolAlias of", tool), Rules.word("toolAlias to", other)));
        return set(Option.TOOL_ALIASES, Collections.unmodifiableMap(copy));
    }

    /** One more tool that takes the place of a built-in one. */
    public B toolAlias(String tool, String other) {
        Map<String, String> now = get(Option.TOOL_ALIASES);
        Map<String, String> more = now == null ? new LinkedHashMap<>() : new LinkedHashMap<>(now);
        more.put(tool, other);
        return toolAliases(more);
    }

    /** What the model is told about how to plan, in plan mode, in place of the CLI's own text. Default: the CLI's own. */
    public B planModeInstructions(String text) {
        return set(Option.PLAN_MODE_INSTRUCTIONS, Check.notBlank("planModeInstructions", text));
    }

    /** The form of the previews in the model's questions. Default: the CLI's own, Markdown. */
    public B questionPreviewFormat(PreviewFormat format) {
        return set(Option.QUESTION_PREVIEW_FORMAT, Check.notNull("questionPreviewFormat", format));
    }

    /**
     * Whether prompts are taken as they are: no file is read for {@code @path} in them, and {@code /name} runs no command.
     * For prompts that are made of text from elsewhere. The CLI then also leaves out what it adds to a prompt by itself,
     * such as its lists of skills, until the first tool has run. Default: false.
     */
    public B verbatimPrompts(boolean verbatim) {
        return set(Option.VERBATIM_PROMPTS, verbatim);
    }

    /**
     * Whether the CLI has the model guess the user's next prompt after a turn, which comes as a
     * {@link io.github.claudesessions.message.PromptSuggestion PromptSuggestion} outside the turn. Default: false.
     */
    public B promptSuggestions(boolean suggestions) {
        return set(Option.PROMPT_SUGGESTIONS, suggestions);
    }

    /** Whether agents at work are summed up about every 30 seconds, which costs a request each. Default: false. */
    public B agentProgressSummaries(boolean summaries) {
        return set(Option.AGENT_PROGRESS_SUMMARIES, summaries);
    }

    /** Whether what agents write and think is reported, not only the tools that they use. Default: false. */
    public B forwardSubagentText(boolean forward) {
        return set(Option.FORWARD_SUBAGENT_TEXT, forward);
    }

    /**
     * Whether this program can stop single background tasks. The CLI then leaves them alone when a turn is interrupted.
     * Default: false: an interrupt stops them too.
     */
    public B perTaskStopAffordance(boolean affordance) {
        return set(Option.PER_TASK_STOP_AFFORDANCE, affordance);
    }

    /**
     * Whether the session reports when hooks start, write and end. Default: false; those at the start of a session are
     * reported anyway.
     */
    public B includeHookEvents(boolean include) {
        return set(Option.INCLUDE_HOOK_EVENTS, include);
    }
}
