package io.github.claudesessions;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The accessors of what {@link ExtensionSetters} sets. */
abstract sealed class ExtensionOptions extends McpOptions permits PolicyOptions {
    ExtensionOptions(Map<Option<?>, Object> values) {
        super(values);
    }

    /** The agent that the session itself is, if there is one. */
    public Optional<String> agent() {
        return Optional.ofNullable(get(Option.AGENT));
    }

    /** The agents that the model can give work to, by name. */
    public Map<String, AgentDefinition> agents() {
        return valueOf(Option.AGENTS);
    }

    /** The plugins. */
    public List<Plugin> plugins() {
        return valueOf(Option.PLUGINS);
    }

    /** The skills, if they were chosen. */
    public Optional<Skills> skills() {
        return Optional.ofNullable(get(Option.SKILLS));
    }

    /** The tools that take the place of others. */
    public Map<String, String> toolAliases() {
        return valueOf(Option.TOOL_ALIASES);
    }

    /** What the model is told in plan mode, if not the CLI's own text. */
    public Optional<String> planModeInstructions() {
        return Optional.ofNullable(get(Option.PLAN_MODE_INSTRUCTIONS));
    }

    /** The form of the previews in questions, if it was chosen. */
    public Optional<PreviewFormat> questionPreviewFormat() {
        return Optional.ofNullable(get(Option.QUESTION_PREVIEW_FORMAT));
    }

    /** Whether prompts are taken as they are. */
    public boolean verbatimPrompts() {
        return valueOf(Option.VERBATIM_PROMPTS);
    }

    /** Whether the model guesses the user's next prompt. */
    public boolean promptSuggestions() {
        return valueOf(Option.PROMPT_SUGGESTIONS);
    }

    /** Whether agents at work are summed up. */
    public boolean agentProgressSummaries() {
        return valueOf(Option.AGENT_PROGRESS_SUMMARIES);
    }

    /** Whether what agents write and think is reported. */
    public boolean forwardSubagentText() {
        return valueOf(Option.FORWARD_SUBAGENT_TEXT);
    }

    /** Whether this program can stop single background tasks. */
    public boolean perTaskStopAffordance() {
        return valueOf(Option.PER_TASK_STOP_AFFORDANCE);
    }

    /** Whether the session reports on hooks. */
    public boolean includeHookEvents() {
        return valueOf(Option.INCLUDE_HOOK_EVENTS);
    }
}
