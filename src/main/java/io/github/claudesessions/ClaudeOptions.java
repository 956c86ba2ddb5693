package io.github.claudesessions;

import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.control.Budget;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.spi.TransportFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be chosen about a session before it starts. Immutable and safe for use by several threads; equal
 * if the same options have equal values. Each accessor is named as the setter of {@link Builder} that documents it.
 */
public final class ClaudeOptions extends PolicyOptions {
    private static final ClaudeOptions DEFAULTS = new ClaudeOptions(Map.of());

    private ClaudeOptions(Map<Option<?>, Object> values) {
        super(values);
    }

    /** Nothing chosen. */
    public static ClaudeOptions defaults() {
        return DEFAULTS;
    }

    /** A builder with nothing chosen. */
    public static Builder builder() {
        return DEFAULTS.toBuilder();
    }

    /**
     * Defaults for a whole application, from the environment of this JVM. A variable that is missing or empty leaves its
     * option as it is.
     *
     * <table>
     * <caption>Variables</caption>
     * <thead><tr><th>Variable</th><th>Value</th></tr></thead>
     * <tbody>
     * <tr><td>{@code CLAUDE_SESSIONS_MODEL}, {@code _FALLBACK_MODEL}, {@code _EFFORT}, {@code _PERMISSION_MODE}
     *   </td><td>as the option</td></tr>
     * <tr><td>{@code CLAUDE_SESSIONS_SYSTEM_PROMPT}, {@code _APPEND_SYSTEM_PROMPT}</td><td>the text</td></tr>
     * <tr><td>{@code CLAUDE_SESSIONS_TOOLS}, {@code _ALLOWED_TOOLS}, {@code _DISALLOWED_TOOLS},
     *   {@code _SETTING_SOURCES}</td><td>names or rules, separated by commas</td></tr>
     * <tr><td>{@code CLAUDE_SESSIONS_MAX_TURNS}, {@code _MAX_RETRIES}, {@code _MAX_BUDGET_USD}</td><td>a number</td></tr>
     * <tr><td>{@code CLAUDE_SESSIONS_CWD}</td><td>a folder</td></tr>
     * <tr><td>{@code CLAUDE_SESSIONS_CLI}</td><td>{@code managed}, {@code system}, or the path of a binary</td></tr>
     * <tr><td>{@code CLAUDE_SESSIONS_PERSIST_SESSION}</td><td>{@code true} or {@code false}</td></tr>
     * <tr><td>{@code CLAUDE_SESSIONS_FIRST_BYTE_TIMEOUT}, {@code _MESSAGE_TIMEOUT}, {@code _TOOL_SILENCE_TIMEOUT},
     *   {@code _TURN_TIMEOUT}, {@code _SESSION_TIMEOUT}, {@code _INTERRUPT_TIMEOUT}, {@code _CONTROL_TIMEOUT},
     *   {@code _INITIALIZE_TIMEOUT}</td><td>seconds, or ISO-8601 such as {@code PT1M30S}</td></tr>
     * <tr><td>{@code CLAUDE_SESSIONS_SETTINGS}, {@code _DEBUG_FILE}</td><td>a file</td></tr>
     * <tr><td>{@code CLAUDE_SESSIONS_CLIENT_APP}</td><td>as the option</td></tr>
     * </tbody>
     * </table>
     *
     * @throws IllegalArgumentException if a variable has a value that its option refuses; it names the variable
     */
    public static ClaudeOptions fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    static ClaudeOptions fromEnvironment(Map<String, String> environment) {
        return EnvironmentOptions.read(environment);
    }

    /** A builder that starts with these options. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** The model, if it was chosen. */
    public Optional<String> model() {
        return Optional.ofNullable(get(Option.MODEL));
    }

    /** The models to fall back on, separated by commas. */
    public Optional<String> fallbackModel() {
        return Optional.ofNullable(get(Option.FALLBACK_MODEL));
    }

    /** The system prompt; empty is a session without one. */
    public Optional<SystemPrompt> systemPrompt() {
        return Optional.ofNullable(get(Option.SYSTEM_PROMPT));
    }

    /** How hard the model works, if it was chosen. */
    public Optional<Effort> effort() {
        return Optional.ofNullable(get(Option.EFFORT));
    }

    /** Whether and how much the model thinks, if it was chosen. */
    public Optional<Thinking> thinking() {
        return Optional.ofNullable(get(Option.THINKING));
    }

    /** How much of its thinking the model shows, if it was chosen. */
    public Optional<ThinkingDisplay> thinkingDisplay() {
        return Optional.ofNullable(get(Option.THINKING_DISPLAY));
    }

    /** How many tokens the model is told that it has for its task, if it is told. */
    public OptionalInt taskBudget() {
        Integer value = get(Option.TASK_BUDGET);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** Whether the system prompt is kept with the conversation, if it was chosen. */
    public Optional<Boolean> systemPromptSnapshot() {
        return Optional.ofNullable(get(Option.SYSTEM_PROMPT_SNAPSHOT));
    }

    /** The beta features of the API. */
    public List<String> betas() {
        return valueOf(Option.BETAS);
    }

    /** The most times that the model is asked in one turn, if there is a limit. */
    public OptionalInt maxTurns() {
        Integer value = get(Option.MAX_TURNS);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** The most that one process may spend, in US dollars, if there is a limit. */
    public OptionalDouble maxBudgetUsd() {
        Double value = get(Option.MAX_BUDGET_USD);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** What the session may spend, if there is a limit. */
    public Optional<Budget> budget() {
        return Optional.ofNullable(get(Option.BUDGET));
    }

    /** How often a failed request to the API is repeated, if it was chosen. */
    public OptionalInt maxRetries() {
        Integer value = get(Option.MAX_RETRIES);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** Whether the session reports what the model writes while it writes. */
    public boolean includePartialMessages() {
        return valueOf(Option.INCLUDE_PARTIAL_MESSAGES);
    }

    /** The built-in tools; an empty list is none, an empty {@code Optional} the CLI's own set. */
    public Optional<List<String>> tools() {
        return Optional.ofNullable(get(Option.TOOLS));
    }

    /** The rules for tools that run without a question. */
    public List<String> allowedTools() {
        return valueOf(Option.ALLOWED_TOOLS);
    }

    /** The rules for tools that never run. */
    public List<String> disallowedTools() {
        return valueOf(Option.DISALLOWED_TOOLS);
    }

    /** How the CLI decides whether a tool may run, if it was chosen. */
    public Optional<PermissionMode> permissionMode() {
        return Optional.ofNullable(get(Option.PERMISSION_MODE));
    }

    /** Who decides about the tool calls that no rule decides. */
    public Optional<PermissionHandler> permissionHandler() {
        return Optional.ofNullable(get(Option.PERMISSION_HANDLER));
    }

    /** The longest time that the permission handler may take, if there is a limit. */
    public Optional<Duration> permissionTimeout() {
        return Optional.ofNullable(get(Option.PERMISSION_TIMEOUT));
    }

    /** The MCP tool that decides in place of a permission handler, if it was set. */
    public Optional<String> permissionPromptToolName() {
        return Optional.ofNullable(get(Option.PERMISSION_PROMPT_TOOL_NAME));
    }

    /** The code that the CLI runs at certain events. */
    public Hooks hooks() {
        return valueOf(Option.HOOKS);
    }

    /** The places that settings are read from. */
    public List<SettingSource> settingSources() {
        return valueOf(Option.SETTING_SOURCES);
    }

    /** Whether the session may message other sessions of this machine and be messaged. */
    public boolean peerMessaging() {
        return valueOf(Option.PEER_MESSAGING);
    }

    /** The id of the conversation to go on with. */
    public Optional<String> resume() {
        return Optional.ofNullable(get(Option.RESUME));
    }

    /** The title of the conversation to go on with. */
    public Optional<String> resumeTitle() {
        return Optional.ofNullable(get(Option.RESUME_TITLE));
    }

    /** Whether to go on with the latest conversation of the working directory. */
    public boolean continueConversation() {
        return valueOf(Option.CONTINUE_CONVERSATION);
    }

    /** Whether to go on in a copy. */
    public boolean forkSession() {
        return valueOf(Option.FORK_SESSION);
    }

    /** The id of the new conversation, if it was chosen. */
    public Optional<String> sessionId() {
        return Optional.ofNullable(get(Option.SESSION_ID));
    }

    /** The title of the conversation, if it was set. */
    public Optional<String> title() {
        return Optional.ofNullable(get(Option.TITLE));
    }

    /** The message after which what was said is forgotten. */
    public Optional<String> resumeSessionAt() {
        return Optional.ofNullable(get(Option.RESUME_SESSION_AT));
    }

    /** The prompt of the turn that is forgotten. */
    public Optional<String> resumeDropsTurn() {
        return Optional.ofNullable(get(Option.RESUME_DROPS_TURN));
    }

    /** Whether the conversation is written to disk. */
    public boolean persistSession() {
        return valueOf(Option.PERSIST_SESSION);
    }

    /** The working directory, absolute; empty is that of this JVM. */
    public Optional<Path> cwd() {
        return Optional.ofNullable(get(Option.CWD));
    }

    /** Further folders that tools may use, absolute. */
    public List<Path> addDirs() {
        return valueOf(Option.ADD_DIRS);
    }

    /** The variables that the CLI gets in addition. The values can be secrets. */
    public Map<String, String> env() {
        return valueOf(Option.ENV);
    }

    /** Which variables of this JVM the CLI inherits. */
    public InheritEnv inheritEnv() {
        return valueOf(Option.INHERIT_ENV);
    }

    /** The key for the API, a secret, if it was set. */
    public Optional<String> apiKey() {
        return Optional.ofNullable(get(Option.API_KEY));
    }

    /** Further flags of the CLI, without dashes, with their values or null. */
    public Map<String, @Nullable String> extraArgs() {
        return valueOf(Option.EXTRA_ARGS);
    }

    /** Which Claude Code binary runs. */
    public ClaudeCli cli() {
        ClaudeCli cli = get(Option.CLI);
        return cli == null ? ClaudeCli.managed() : cli;
    }

    /** What starts the CLI instead of this machine. */
    public Optional<TransportFactory> transport() {
        return Optional.ofNullable(get(Option.TRANSPORT));
    }

    /** Who gets the lines that the CLI writes on stderr. */
    public Optional<Consumer<String>> stderr() {
        return Optional.ofNullable(get(Option.STDERR));
    }

    /** The longest line of the CLI that is read, in bytes. */
    public int maxLineBytes() {
        return valueOf(Option.MAX_LINE_BYTES);
    }

    /** How much of a turn may wait for its reader, in bytes. */
    public int maxBufferedBytes() {
        return valueOf(Option.MAX_BUFFERED_BYTES);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClaudeOptions that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The options that were set. Of a secret, a prompt, a variable and an extra argument it shows only that it is set. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey().show(entry.getValue()))
                .collect(Collectors.joining(", ", "ClaudeOptions[", "]"));
    }

    /**
     * Collects options. A setter with a plural name replaces what was set, one with a singular name adds to it. A value is
     * checked by its setter, and how the values go together by {@link #build}. Not safe for use by several threads.
     */
    public static final class Builder extends PolicySetters<Builder> {
        private Builder(Map<Option<?>, Object> values) {
            super(values);
        }

        @Override
        Builder self() {
            return this;
        }

        /**
         * The options.
         *
         * @throws IllegalArgumentException if two options contradict each other; it names them
         */
        public ClaudeOptions build() {
            ClaudeOptions options = new ClaudeOptions(values);
            Contradictions.check(options);
            return options;
        }
    }
}
