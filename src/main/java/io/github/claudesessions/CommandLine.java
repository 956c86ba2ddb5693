package io.github.claudesessions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.claudesessions.error.LaunchException;
import io.github.claudesessions.hook.Hook;
import io.github.claudesessions.internal.Check;
import io.github.claudesessions.internal.json.Json;
import io.github.claudesessions.internal.protocol.HookResponder;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.spi.Launch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What options mean to the CLI: arguments, environment, and the request that opens the conversation. Pure: no I/O, no
 * clock, no randomness.
 *
 * <p>Each value is one argument with its flag, {@code --flag=value}, which the CLI never takes for another flag. What is
 * secret or can be large travels in the environment or in the request, because arguments show in the process list and
 * are limited in length.
 *
 * @param launch what to run
 * @param initialize the request with subtype {@code initialize}, which must be the first line
 * @param confirmations the fields that must be true in the response: the CLI has applied what they stand for
 * @param sessionId the id that the conversation will have, or null if only the CLI knows: a title or the latest one
 */
record CommandLine(
        Launch launch,
        ObjectNode initialize,
        List<String> confirmations,
        @Nullable String sessionId) {
    /** The tool that shows a model the other sessions of the machine. */
    static final String PEER_TOOL = "ListAgents";

    CommandLine {
        confirmations = List.copyOf(confirmations);
    }

    /**
     * What to run for {@code options}.
     *
     * @param newSessionId the UUID for the conversation, if it is a new one and the options do not name one
     * @throws LaunchException if the CLI would refuse to start
     */
    static CommandLine of(ClaudeOptions options, String newSessionId, Host host) {
        String sessionId = sessionId(options, Check.uuid("newSessionId", newSessionId));
        ObjectNode settings = settings(options);
        List<String> disallowed = disallowedTools(options);
        List<String> fields = new ArrayList<>();
        List<String> confirmations = new ArrayList<>();
        ObjectNode initialize = Json.object().put("subtype", "initialize");
        systemPrompt(options, initialize);
        confirmations.addAll(Extensions.describe(options, initialize));
        if (!settings.isEmpty()) {
            fields.add("settings");
            confirmations.add("settings_applied");
            initialize.set("settings", settings);
        }
        if (!disallowed.isEmpty()) {
            fields.add("disallowedTools");
            confirmations.add("disallowed_tools_applied");
            ArrayNode rules = initialize.putArray("disallowedTools");
            disallowed.forEach(rules::add);
        }
        McpWire.initialize(options, initialize, confirmations);
        hooks(options, initialize, confirmations);
        List<String> arguments = arguments(options, sessionId, fields);
        Launch launch = new Launch(
                arguments, ChildEnvironment.of(options, host), options.cwd().orElse(null));
        checkRoot(options, launch, host);
        return new CommandLine(launch, initialize, confirmations, sessionId);
    }

    private static List<String> arguments(ClaudeOptions options, @Nullable String sessionId, List<String> fields) {
        Arguments args = new Arguments();
        args.list.addAll(List.of("--output-format", "stream-json", "--verbose", "--input-format", "stream-json"));
        args.flag("await-initialize", true);
        args.values("initialize-fields", fields);
        conversation(options, sessionId, args);
        model(options, args);
        permissions(options, args);
        surroundings(options, args);
        options.extraArgs().forEach((name, value) -> {
            if (value == null) {
                args.flag(name, true);
            } else {
                args.value(name, value);
            }
        });
        return args.list;
    }

    private static void model(ClaudeOptions options, Arguments args) {
        args.value("model", options.model());
        args.value("fallback-model", options.fallbackModel());
        args.value("effort", options.effort());
        options.thinking().ifPresent(thinking -> thinking(thinking, args));
        options.betas().forEach(beta -> args.value("betas", beta)); // a list in one argument would be one strange name
        options.maxTurns().ifPresent(turns -> args.value("max-turns", turns));
        options.maxBudgetUsd().ifPresent(dollars -> args.value("max-budget-usd", plain(dollars)));
        options.taskBudget().ifPresent(tokens -> args.value("task-budget", tokens));
        args.value("thinking-display", options.thinkingDisplay());
        args.flag("include-partial-messages", options.includePartialMessages());
        args.flag("include-hook-events", options.includeHookEvents());
        args.value("agent", options.agent());
    }

    private static void permissions(ClaudeOptions options, Arguments args) {
        options.tools().ifPresent(tools -> args.value("tools", String.join(",", tools)));
        Extensions.allowedTools(options).forEach(rule -> args.value("allowedTools", rule));
        args.value("permission-prompt-tool", options.permissionHandler().map(handler -> "stdio"));
        args.value("permission-prompt-tool", options.permissionPromptToolName());
        args.value("permission-mode", options.permissionMode().map(mode -> mode.value()));
        args.flag("allow-dangerously-skip-permissions", options.allowDangerouslySkipPermissions());
        if (!options.permissionPrompts().equals(PermissionPrompts.HOST)) {
            args.value("permission-prompts", options.permissionPrompts());
        }
    }

    private static void surroundings(ClaudeOptions options, Arguments args) {
        args.flag("managed-settings-in-initialize", !options.managedSettings().isEmpty());
        args.value("project-config-root", options.projectConfigRoot());
        options.debug().ifPresent(categories -> {
            if (categories.isEmpty()) {
                args.flag("debug", true);
            } else {
                args.value("debug", categories);
            }
        });
        args.value("debug-file", options.debugFile());
        args.value(
                "setting-sources",
                String.join(
                        ",",
                        options.settingSources().stream()
                                .map(SettingSource::value)
                                .toList()));
        args.flag("strict-mcp-config", options.strictMcpConfig());
        options.addDirs().forEach(dir -> args.value("add-dir", dir));
    }

    private static void conversation(ClaudeOptions options, @Nullable String sessionId, Arguments args) {
        boolean keepsItsId = goesOn(options) && !options.forkSession();
        if (!keepsItsId && sessionId != null) {
            args.value("session-id", sessionId);
        }
        args.value("resume", options.resume().or(options::resumeTitle));
        args.value("resume-session-at", options.resumeSessionAt());
        args.value("resume-drops-turn", options.resumeDropsTurn());
        args.flag("continue", options.continueConversation());
        args.flag("fork-session", options.forkSession());
        args.flag("no-session-persistence", !options.persistSession());
    }

    private static @Nullable String sessionId(ClaudeOptions options, String newSessionId) {
        if (goesOn(options) && !options.forkSession()) {
            return options.resume().orElse(null);
        }
        return options.sessionId().orElse(newSessionId);
    }

    private static boolean goesOn(ClaudeOptions options) {
        return options.resume().isPresent() || options.resumeTitle().isPresent() || options.continueConversation();
    }

    private static void thinking(Thinking thinking, Arguments args) {
        switch (thinking) {
            case Thinking.Adaptive adaptive -> args.value("thinking", "adaptive");
            case Thinking.Enabled enabled -> args.value("max-thinking-tokens", enabled.budgetTokens());
            case Thinking.Disabled disabled -> args.value("thinking", "disabled");
        }
    }

    private static void systemPrompt(ClaudeOptions options, ObjectNode initialize) {
        // without the member the CLI uses its own prompt; an empty one must be said
        switch (options.systemPrompt().orElse(SystemPrompt.text(""))) {
            case SystemPrompt.Text text -> initialize.putArray("systemPrompt").add(text.text());
            case SystemPrompt.ClaudeCode preset -> {
                preset.addition().ifPresent(text -> initialize.put("appendSystemPrompt", text));
                if (preset.excludeDynamicSections()) {
                    initialize.put("excludeDynamicSections", true);
                }
            }
            case SystemPrompt.Parts parts ->
                initialize
                        .putArray("systemPrompt")
                        .add(parts.lasting())
                        .add(SystemPrompt.Parts.BOUNDARY)
                        .add(parts.changing());
        }
        if (options.systemPromptSnapshot().isPresent() || goesOn(options)) {
            // else the conversation goes on with the prompt and tools that it had, whatever these options say
            initialize.put(
                    "systemPromptSnapshot", options.systemPromptSnapshot().orElse(false));
        }
    }

    private static void hooks(ClaudeOptions options, ObjectNode initialize, List<String> confirmations) {
        if (!options.hooks().all().isEmpty()) {
            initialize.set("hooks", HookResponder.registration(options.hooks()));
            confirmations.add("hooks_applied");
            if (options.hooks().all().stream().anyMatch(Hook::blocksOnFailure)) {
                confirmations.add("hook_on_failure_supported");
            }
        }
    }

    private static ObjectNode settings(ClaudeOptions options) {
        ObjectNode settings = Json.objectOf(options.settings());
        options.sandbox().ifPresent(sandbox -> settings.set("sandbox", Json.objectOf(sandbox.settings())));
        if (!options.peerMessaging()) {
            settings.put("crossSessionInbound", "refuse");
        }
        variables(options, settings);
        return settings;
    }

    /** Those of settings files would replace what the CLI has in its environment; these replace those of the files. */
    private static void variables(ClaudeOptions options, ObjectNode settings) {
        Map<String, String> variables = ChildEnvironment.ofOptions(options);
        boolean malformed = settings.has("env") && !settings.path("env").isObject();
        if (options.settingSources().isEmpty() || variables.isEmpty() || malformed) {
            return;
        }
        ObjectNode env = settings.withObjectProperty("env");
        new TreeMap<>(variables).forEach((name, value) -> {
            if (!env.has(name)) {
                env.put(name, value);
            }
        });
    }

    private static List<String> disallowedTools(ClaudeOptions options) {
        Stream<String> peers = options.peerMessaging() ? Stream.empty() : Stream.of(PEER_TOOL);
        return Stream.concat(options.disallowedTools().stream(), peers)
                .distinct()
                .toList();
    }

    private static void checkRoot(ClaudeOptions options, Launch launch, Host host) {
        boolean bypass = options.permissionMode()
                .map(PermissionMode.BYPASS_PERMISSIONS::equals)
                .orElse(false);
        // a transport of the host's own runs the CLI somewhere else, as who knows which user
        if ((bypass || options.allowDangerouslySkipPermissions())
                && host.root()
                && options.transport().isEmpty()
                && !ChildEnvironment.isSandbox(launch.environment())) {
            throw new LaunchException(
                    "the CLI refuses bypassPermissions to the root user: run this JVM as another user,"
                            + " or, if the machine is a sandbox that may be damaged, say so by env(\"IS_SANDBOX\", \"1\")",
                    LaunchException.Reason.ROOT_BYPASS,
                    null);
        }
    }

    /** The number in digits: Java would write {@code 1.0E-4}. */
    private static String plain(double number) {
        return BigDecimal.valueOf(number).toPlainString();
    }

    /** The session id and the launch; prompts are left out. */
    @Override
    public String toString() {
        return "CommandLine[sessionId=" + sessionId + ", " + launch + "]";
    }

    /** Arguments in the making. */
    private static final class Arguments {
        final List<String> list = new ArrayList<>();

        void flag(String name, boolean present) {
            if (present) {
                list.add("--" + name);
            }
        }

        void value(String name, Object value) {
            list.add("--" + name + "=" + value);
        }

        void value(String name, Optional<?> value) {
            value.ifPresent(present -> value(name, present));
        }

        /** One argument with all values, or none without any. */
        void values(String name, List<String> values) {
            if (!values.isEmpty()) {
                value(name, String.join(",", values));
            }
        }
    }
}
