package io.github.claudesessions;

import io.github.claudesessions.control.Budget;
import io.github.claudesessions.internal.Check;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;

/** The model, what it is told about itself, and how much it may do. */
abstract sealed class ModelSetters<B> extends Setters<B> permits ToolSetters {
    ModelSetters(Map<Option<?>, Object> values) {
        super(values);
    }

    /**
     * The model: an alias such as {@code opus}, or a full name. Default: the CLI's own. The CLI starts with a name that
     * it does not know, and the first turn fails.
     */
    public B model(String model) {
        return set(Option.MODEL, Rules.argument("model", model));
    }

    /**
     * The model to use when {@link #model} is overloaded; several, to be tried in turn, are separated by commas.
     * Default: none. It must not name {@link #model} itself. The CLI tries a model three times before it changes to the
     * next, so {@link #maxRetries} under 2 keeps it from changing.
     */
    public B fallbackModel(String model) {
        return set(Option.FALLBACK_MODEL, Rules.argument("fallbackModel", model));
    }

    /** The system prompt. Default: an empty one, as with the official SDKs; not the prompt of Claude Code. */
    public B systemPrompt(SystemPrompt prompt) {
        return set(Option.SYSTEM_PROMPT, Check.notNull("systemPrompt", prompt));
    }

    /** The text of the whole system prompt: {@code systemPrompt(SystemPrompt.text(text))}. */
    public B systemPrompt(String text) {
        return systemPrompt(SystemPrompt.text(text));
    }

    /**
     * The prompt of Claude Code with {@code text} at its end: {@code systemPrompt(SystemPrompt.claudeCode().append(text))}.
     *
     * @throws IllegalArgumentException if {@link #systemPrompt(String)} has set a text: there is nothing to append to
     */
    public B appendSystemPrompt(String text) {
        Check.that(
                get(Option.SYSTEM_PROMPT) == null || get(Option.SYSTEM_PROMPT) instanceof SystemPrompt.ClaudeCode,
                "appendSystemPrompt must not be used with a systemPrompt that is a text, which has %s",
                "nothing of Claude Code to append to");
        return systemPrompt(
                get(Option.SYSTEM_PROMPT) instanceof SystemPrompt.ClaudeCode preset
                        ? preset.append(text)
                        : SystemPrompt.claudeCode().append(text));
    }

    /** How hard the model works on an answer. Default: the CLI's own. */
    public B effort(Effort effort) {
        return set(Option.EFFORT, Check.notNull("effort", effort));
    }

    /** Whether and how much the model thinks first. Default: the CLI's own. */
    public B thinking(Thinking thinking) {
        return set(Option.THINKING, Check.notNull("thinking", thinking));
    }

    /** How much of its thinking the model shows. Default: the CLI's own. */
    public B thinkingDisplay(ThinkingDisplay display) {
        return set(Option.THINKING_DISPLAY, Check.notNull("thinkingDisplay", display));
    }

    /**
     * How many tokens the model is told that it has for its task, so that it can divide them up, at least 1. No limit that
     * anybody keeps; see {@link #maxBudgetUsd}. Default: it is told nothing.
     */
    public B taskBudget(int tokens) {
        return set(Option.TASK_BUDGET, Check.atLeast("taskBudget", 1, tokens));
    }

    /**
     * Whether the conversation keeps the system prompt and the tools of its first request, and goes on with them whatever
     * later options say. Default: true for a new conversation, false for one that is resumed, so that it follows the
     * options.
     */
    public B systemPromptSnapshot(boolean snapshot) {
        return set(Option.SYSTEM_PROMPT_SNAPSHOT, snapshot);
    }

    /** The beta features of the API to ask for, by name. Default: none. Replaces what was set. */
    public B betas(Collection<String> betas) {
        return set(
                Option.BETAS,
                Check.notNull("betas", betas).stream()
                        .map(beta -> Rules.word("beta", beta))
                        .toList());
    }

    /** The beta features of the API to ask for, by name. Default: none. Replaces what was set. */
    public B betas(String... betas) {
        return betas(Arrays.asList(Check.notNull("betas", betas)));
    }

    /** One more beta feature of the API. */
    public B beta(String beta) {
        return add(Option.BETAS, Rules.word("beta", beta));
    }

    /** The most times that the model may be asked in one turn of the conversation, at least 1. Default: no limit. */
    public B maxTurns(int turns) {
        return set(Option.MAX_TURNS, Check.atLeast("maxTurns", 1, turns));
    }

    /** The most that one process of the session may spend, in US dollars, more than 0. Default: no limit. */
    public B maxBudgetUsd(double dollars) {
        return set(Option.MAX_BUDGET_USD, Rules.positive("maxBudgetUsd", dollars));
    }

    /**
     * What the session may spend, watched on this side: turns, tokens, dollars, time. Default: no limit. Other than
     * {@link #maxBudgetUsd} it counts for the session, whatever number of processes it has, and can do with a warning.
     */
    public B budget(Budget budget) {
        return set(Option.BUDGET, Check.notNull("budget", budget));
    }

    /**
     * How often the CLI repeats a failed request to the API, at least 0. Default: the CLI's own, which goes on for about
     * three minutes.
     */
    public B maxRetries(int retries) {
        return set(Option.MAX_RETRIES, Check.atLeast("maxRetries", 0, retries));
    }

    /**
     * Whether the session reports what the model writes while it writes. Default: false. Streams of text turn it on for
     * themselves where they open the session.
     */
    public B includePartialMessages(boolean include) {
        return set(Option.INCLUDE_PARTIAL_MESSAGES, include);
    }
}
