package io.github.claudesessions;

import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.control.Budget;
import io.github.claudesessions.dialog.UserDialogHandler;
import io.github.claudesessions.elicitation.ElicitationHandler;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.spi.TransportFactory;
import io.github.claudesessions.tool.MountedServer;
import io.github.claudesessions.tool.ToolServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The key of one option. {@link ClaudeOptions} and its builder keep the options that were set in a map of these, so
 * that a new option needs a constant here, a setter, an accessor, and a line in {@link CommandLine}; copying, comparing
 * and printing it come by themselves. A key is compared by identity. Values are immutable.
 */
final class Option<T> {
    static final Option<String> MODEL = unset("model");
    static final Option<String> FALLBACK_MODEL = unset("fallbackModel");
    static final Option<SystemPrompt> SYSTEM_PROMPT = secret("systemPrompt", null);
    static final Option<Effort> EFFORT = unset("effort");
    static final Option<Thinking> THINKING = unset("thinking");
    static final Option<List<String>> BETAS = of("betas", List.of());
    static final Option<Integer> MAX_TURNS = unset("maxTurns");
    static final Option<Double> MAX_BUDGET_USD = unset("maxBudgetUsd");
    static final Option<Budget> BUDGET = unset("budget");
    static final Option<Integer> MAX_RETRIES = unset("maxRetries");
    static final Option<Boolean> INCLUDE_PARTIAL_MESSAGES = of("includePartialMessages", false);

    static final Option<ThinkingDisplay> THINKING_DISPLAY = unset("thinkingDisplay");
    static final Option<Integer> TASK_BUDGET = unset("taskBudget");
    static final Option<Boolean> SYSTEM_PROMPT_SNAPSHOT = unset("systemPromptSnapshot");

    static final Option<List<String>> TOOLS = unset("tools");
    static final Option<List<String>> ALLOWED_TOOLS = of("allowedTools", List.of());
    static final Option<List<String>> DISALLOWED_TOOLS = of("disallowedTools", List.of());
    static final Option<PermissionMode> PERMISSION_MODE = unset("permissionMode");
    static final Option<List<SettingSource>> SETTING_SOURCES = of("settingSources", List.of());
    static final Option<Boolean> PEER_MESSAGING = of("peerMessaging", false);

    static final Option<List<ToolServer>> TOOL_SERVERS = of("toolServers", List.of());
    static final Option<Map<String, MountedServer>> MOUNTED_SERVERS = of("mountedServers", Map.of());
    static final Option<Object> TOOL_CONTEXT = secret("toolContext", null);
    static final Option<Map<String, McpServer>> MCP_SERVERS = secret("mcpServers", Map.of());
    static final Option<Boolean> STRICT_MCP_CONFIG = of("strictMcpConfig", false);
    static final Option<Duration> AWAIT_MCP_READY = unset("awaitMcpReady");
    static final Option<Map<String, Object>> OUTPUT_SCHEMA = unset("outputSchema");
    static final Option<Boolean> OUTPUT_REPAIR = of("outputRepair", false);
    static final Option<PermissionHandler> PERMISSION_HANDLER = unset("permissionHandler");
    static final Option<Duration> PERMISSION_TIMEOUT = unset("permissionTimeout");
    static final Option<ElicitationHandler> ELICITATION_HANDLER = unset("elicitationHandler");
    static final Option<Duration> ELICITATION_TIMEOUT = unset("elicitationTimeout");
    static final Option<UserDialogHandler> USER_DIALOG_HANDLER = unset("userDialogHandler");
    static final Option<List<String>> SUPPORTED_DIALOG_KINDS = of("supportedDialogKinds", List.of());
    static final Option<String> PERMISSION_PROMPT_TOOL_NAME = unset("permissionPromptToolName");
    static final Option<Hooks> HOOKS = of("hooks", Hooks.none());

    static final Option<String> RESUME = unset("resume");
    static final Option<String> RESUME_TITLE = unset("resumeTitle");
    static final Option<Boolean> CONTINUE_CONVERSATION = of("continueConversation", false);
    static final Option<Boolean> FORK_SESSION = of("forkSession", false);
    static final Option<String> SESSION_ID = unset("sessionId");
    static final Option<Boolean> PERSIST_SESSION = of("persistSession", true);

    static final Option<String> TITLE = unset("title");
    static final Option<String> RESUME_SESSION_AT = unset("resumeSessionAt");
    static final Option<String> RESUME_DROPS_TURN = unset("resumeDropsTurn");

    static final Option<String> AGENT = unset("agent");
    static final Option<Map<String, AgentDefinition>> AGENTS = of("agents", Map.of());
    static final Option<List<Plugin>> PLUGINS = of("plugins", List.of());
    static final Option<Skills> SKILLS = unset("skills");
    static final Option<Map<String, String>> TOOL_ALIASES = of("toolAliases", Map.of());
    static final Option<String> PLAN_MODE_INSTRUCTIONS = secret("planModeInstructions", null);
    static final Option<PreviewFormat> QUESTION_PREVIEW_FORMAT = unset("questionPreviewFormat");
    static final Option<Boolean> VERBATIM_PROMPTS = of("verbatimPrompts", false);
    static final Option<Boolean> PROMPT_SUGGESTIONS = of("promptSuggestions", false);
    static final Option<Boolean> AGENT_PROGRESS_SUMMARIES = of("agentProgressSummaries", false);
    static final Option<Boolean> FORWARD_SUBAGENT_TEXT = of("forwardSubagentText", false);
    static final Option<Boolean> PER_TASK_STOP_AFFORDANCE = of("perTaskStopAffordance", false);
    static final Option<Boolean> INCLUDE_HOOK_EVENTS = of("includeHookEvents", false);

    static final Option<Map<String, Object>> SETTINGS = secret("settings", Map.of());
    static final Option<Map<String, Object>> MANAGED_SETTINGS = secret("managedSettings", Map.of());
    static final Option<Sandbox> SANDBOX = unset("sandbox");
    static final Option<Boolean> ALLOW_DANGEROUSLY_SKIP_PERMISSIONS = of("allowDangerouslySkipPermissions", false);
    static final Option<PermissionPrompts> PERMISSION_PROMPTS = of("permissionPrompts", PermissionPrompts.HOST);
    static final Option<Path> PROJECT_CONFIG_ROOT = unset("projectConfigRoot");
    static final Option<Boolean> ENABLE_FILE_CHECKPOINTING = of("enableFileCheckpointing", false);
    static final Option<String> DEBUG = unset("debug");
    static final Option<Path> DEBUG_FILE = unset("debugFile");
    static final Option<String> CLIENT_APP = unset("clientApp");
    static final Option<TraceContext> TRACE_CONTEXT = unset("traceContext");

    static final Option<Isolation> ISOLATION = unset("isolation");
    static final Option<Path> CWD = unset("cwd");
    static final Option<List<Path>> ADD_DIRS = of("addDirs", List.of());
    static final Option<Map<String, String>> ENV = secret("env", Map.of());
    static final Option<InheritEnv> INHERIT_ENV = of("inheritEnv", InheritEnv.standard());
    static final Option<String> API_KEY = secret("apiKey", null);
    static final Option<Map<String, @Nullable String>> EXTRA_ARGS = secret("extraArgs", Map.of());
    static final Option<ClaudeCli> CLI = unset("cli");
    static final Option<TransportFactory> TRANSPORT = unset("transport");
    static final Option<Consumer<String>> STDERR = unset("stderr");

    static final Option<Integer> MAX_LINE_BYTES = of("maxLineBytes", 64 << 20);
    static final Option<Integer> MAX_BUFFERED_BYTES = of("maxBufferedBytes", 8 << 20);
    static final Option<Duration> FIRST_BYTE_TIMEOUT = unset("firstByteTimeout");
    static final Option<Duration> MESSAGE_TIMEOUT = unset("messageTimeout");
    static final Option<Duration> TOOL_SILENCE_TIMEOUT = unset("toolSilenceTimeout");
    static final Option<Duration> TURN_TIMEOUT = unset("turnTimeout");
    static final Option<Duration> SESSION_TIMEOUT = unset("sessionTimeout");
    static final Option<Duration> INTERRUPT_TIMEOUT = of("interruptTimeout", Duration.ofSeconds(15));
    static final Option<Duration> CONTROL_TIMEOUT = of("controlTimeout", Duration.ofSeconds(60));
    static final Option<Duration> INITIALIZE_TIMEOUT = of("initializeTimeout", Duration.ofSeconds(60));

    private final String name;
    private final @Nullable T fallback;
    private final boolean secret;

    private Option(String name, @Nullable T fallback, boolean secret) {
        this.name = name;
        this.fallback = fallback;
        this.secret = secret;
    }

    private static <T> Option<T> unset(String name) {
        return new Option<>(name, null, false);
    }

    private static <T> Option<T> of(String name, T fallback) {
        return new Option<>(name, fallback, false);
    }

    /** An option whose value is never printed; of a map the keys are. */
    private static <T> Option<T> secret(String name, @Nullable T fallback) {
        return new Option<>(name, fallback, true);
    }

    /** The value in {@code values}, or the default, or null if there is neither. */
    @SuppressWarnings("unchecked") // only set() puts entries, with a value of the key's type
    @Nullable
    T in(Map<Option<?>, Object> values) {
        Object value = values.get(this);
        return value == null ? fallback : (T) value;
    }

    /** Puts {@code value} into {@code values}; the default is kept as no entry, so that equal options are equal. */
    void set(Map<Option<?>, Object> values, T value) {
        if (value.equals(fallback)) {
            values.remove(this);
        } else {
            values.put(this, value);
        }
    }

    /** {@code name=value} as it may be printed anywhere. */
    String show(Object value) {
        if (!secret) {
            return name + "=" + value;
        }
        return switch (value) {
            case Map<?, ?> map -> name + "=" + map.keySet();
            case Collection<?> items -> name + "=" + items.size() + " set";
            default -> name + "=<set>";
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
