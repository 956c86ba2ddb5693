package io.github.claudesessions;

import io.github.claudesessions.cli.ClaudeCli;
import io.github.claudesessions.control.Budget;
import io.github.claudesessions.dialog.UserDialogHandler;
import io.github.claudesessions.dialog.UserDialogReply;
import io.github.claudesessions.elicitation.ElicitationHandler;
import io.github.claudesessions.elicitation.ElicitationReply;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.PreToolUseOutput;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.spi.TransportFactory;
import io.github.claudesessions.tool.MountedServer;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One use of every option, for the tests that go over all of them. */
final class Options {
    static final String ID = "6f1c2f0e-0000-4000-8000-00000000000a";
    static final String NEW_ID = "11111111-2222-4333-8444-555555555555";
    static final String SECRET = "sk-ant-secret-0123456789";
    static final Consumer<String> STDERR = line -> {};
    static final TransportFactory TRANSPORT = launch -> {
        throw new UnsupportedOperationException();
    };
    static final PermissionHandler HANDLER = request -> PermissionDecision.deny("no");
    static final UserDialogHandler DIALOGS = request -> UserDialogReply.cancelled();
    static final ElicitationHandler ELICITATIONS = request -> ElicitationReply.decline();
    static final Hooks HOOKS = Hooks.builder()
            .preToolUse("Bash", input -> PreToolUseOutput.deny("no"))
            .build();
    static final Host HOST = new Host(Map.of("PATH", "/usr/bin"), false, false);

    static final MountedServer MOUNTED = client -> message -> client.send(Map.of());
    static final ToolServer TOOLS =
            ToolServer.of("geo", Tool.of("where", "Says where", Point.class, point -> ToolResult.text("here")));

    /** A setting of each option by its name; none contradicts another but those that {@link #all} leaves out. */
    static final Map<String, UnaryOperator<ClaudeOptions.Builder>> SAMPLES = samples();

    record Point(int x, int y) {}

    private Options() {}

    private static Map<String, UnaryOperator<ClaudeOptions.Builder>> samples() {
        Map<String, UnaryOperator<ClaudeOptions.Builder>> samples = new LinkedHashMap<>();
        samples.put("model", b -> b.model("opus"));
        samples.put("fallbackModel", b -> b.fallbackModel("sonnet"));
        samples.put("systemPrompt", b -> b.systemPrompt("be " + SECRET));
        samples.put("effort", b -> b.effort(Effort.XHIGH));
        samples.put("thinking", b -> b.thinking(Thinking.enabled(2048)));
        samples.put("betas", b -> b.betas("one-2025-01-01", "two"));
        samples.put("maxTurns", b -> b.maxTurns(3));
        samples.put("maxBudgetUsd", b -> b.maxBudgetUsd(0.0001));
        samples.put("budget", b -> b.budget(Budget.hard().usd(2).turns(9)));
        samples.put("maxRetries", b -> b.maxRetries(0));
        samples.put("includePartialMessages", b -> b.includePartialMessages(true));
        samples.put("thinkingDisplay", b -> b.thinkingDisplay(ThinkingDisplay.OMITTED));
        samples.put("taskBudget", b -> b.taskBudget(50_000));
        samples.put("systemPromptSnapshot", b -> b.systemPromptSnapshot(true));
        samples.put("tools", b -> b.tools("Read", "Bash"));
        samples.put("allowedTools", b -> b.allowedTools("Read", "Bash(git log, --oneline)"));
        samples.put("disallowedTools", b -> b.disallowedTools("WebFetch", "Bash(rm:*)"));
        samples.put("permissionMode", b -> b.permissionMode(PermissionMode.PLAN));
        samples.put("permissionHandler", b -> b.permissionHandler(HANDLER));
        samples.put("permissionTimeout", b -> b.permissionHandler(HANDLER).permissionTimeout(Duration.ofSeconds(9)));
        samples.put("elicitationHandler", b -> b.elicitationHandler(ELICITATIONS));
        samples.put(
                "elicitationTimeout",
                b -> b.elicitationHandler(ELICITATIONS).elicitationTimeout(Duration.ofSeconds(8)));
        samples.put("userDialogHandler", b -> b.userDialogHandler(DIALOGS));
        samples.put("supportedDialogKinds", b -> b.userDialogHandler(DIALOGS).supportedDialogKinds("one", "two"));
        samples.put("permissionPromptToolName", b -> b.permissionPromptToolName("mcp__geo__where"));
        samples.put("hooks", b -> b.hooks(HOOKS));
        samples.put("settingSources", b -> b.settingSources(SettingSource.USER, SettingSource.LOCAL));
        samples.put("peerMessaging", b -> b.peerMessaging(true));
        samples.put("toolServers", b -> b.toolServers(TOOLS));
        samples.put("mountedServers", b -> b.mountedServer("mine", MOUNTED));
        samples.put("toolContext", b -> b.toolContext(SECRET));
        samples.put(
                "mcpServers",
                b -> b.mcpServer("files", McpServer.stdio("serve", "-x").env("KEY", SECRET))
                        .mcpServer(
                                "web", McpServer.http("https://example.com/mcp").header("Authorization", SECRET))
                        .mcpServer(
                                "old", McpServer.sse("https://example.com/sse").header("X", SECRET)));
        samples.put("strictMcpConfig", b -> b.strictMcpConfig(true));
        samples.put("awaitMcpReady", b -> b.awaitMcpReady(Duration.ofSeconds(5)));
        samples.put("outputSchema", b -> b.outputSchema(Point.class));
        samples.put("outputRepair", b -> b.outputRepair(true));
        samples.put("resume", b -> b.resume(ID));
        samples.put("resumeTitle", b -> b.resumeTitle("the title"));
        samples.put("continueConversation", b -> b.continueConversation(true));
        samples.put("forkSession", b -> b.resume(ID).forkSession(true));
        samples.put("sessionId", b -> b.sessionId(ID));
        samples.put("persistSession", b -> b.persistSession(false));
        samples.put("title", b -> b.title("a title"));
        samples.put("resumeSessionAt", b -> b.resume(ID).resumeSessionAt(NEW_ID));
        samples.put("resumeDropsTurn", b -> b.resume(ID).resumeSessionAt(NEW_ID).resumeDropsTurn(ID));
        extensions(samples);
        policies(samples);
        samples.put("cwd", b -> b.cwd(Path.of("work")));
        samples.put("addDirs", b -> b.addDirs(Path.of("a"), Path.of("b c")));
        samples.put("env", b -> b.env("TOKEN", SECRET));
        samples.put("inheritEnv", b -> b.inheritEnv(InheritEnv.only("PATH")));
        samples.put("apiKey", b -> b.apiKey(SECRET));
        samples.put("extraArgs", b -> b.extraArg("name", SECRET).extraArg("bare", null));
        samples.put("cli", b -> b.cli(ClaudeCli.at(Path.of("claude"))));
        samples.put("transport", b -> b.transport(TRANSPORT));
        samples.put("stderr", b -> b.stderr(STDERR));
        samples.put("maxLineBytes", b -> b.maxLineBytes(65_536));
        samples.put("maxBufferedBytes", b -> b.maxBufferedBytes(1));
        samples.put("messageTimeout", b -> b.messageTimeout(Duration.ofSeconds(1)));
        samples.put("firstByteTimeout", b -> b.firstByteTimeout(Duration.ofSeconds(5)));
        samples.put("toolSilenceTimeout", b -> b.toolSilenceTimeout(Duration.ofSeconds(6)));
        samples.put("sessionTimeout", b -> b.sessionTimeout(Duration.ofSeconds(7)));
        samples.put("interruptTimeout", b -> b.interruptTimeout(Duration.ofSeconds(8)));
        samples.put("turnTimeout", b -> b.turnTimeout(Duration.ofSeconds(2)));
        samples.put("controlTimeout", b -> b.controlTimeout(Duration.ofSeconds(3)));
        samples.put("initializeTimeout", b -> b.initializeTimeout(Duration.ofSeconds(4)));
        return samples;
    }

    private static void extensions(Map<String, UnaryOperator<ClaudeOptions.Builder>> samples) {
        samples.put("agent", b -> b.agent("reviewer"));
        samples.put("agents", b -> b.agent("reviewer", AgentDefinition.of("reviews", "be " + SECRET)));
        samples.put("plugins", b -> b.plugin(Plugin.at(Path.of("plugin")).withoutMcpServers()));
        samples.put("skills", b -> b.skills("pdf", "office:docx"));
        samples.put("toolAliases", b -> b.toolAlias("Bash", "mcp__box__bash"));
        samples.put("planModeInstructions", b -> b.planModeInstructions("plan " + SECRET));
        samples.put("questionPreviewFormat", b -> b.questionPreviewFormat(PreviewFormat.HTML));
        samples.put("verbatimPrompts", b -> b.verbatimPrompts(true));
        samples.put("promptSuggestions", b -> b.promptSuggestions(true));
        samples.put("agentProgressSummaries", b -> b.agentProgressSummaries(true));
        samples.put("forwardSubagentText", b -> b.forwardSubagentText(true));
        samples.put("perTaskStopAffordance", b -> b.perTaskStopAffordance(true));
        samples.put("includeHookEvents", b -> b.includeHookEvents(true));
    }

    private static void policies(Map<String, UnaryOperator<ClaudeOptions.Builder>> samples) {
        samples.put("settings", b -> b.settings(Map.of("env", Map.of("TOKEN", SECRET))));
        samples.put("managedSettings", b -> b.managedSettings(Map.of("permissions", Map.of("deny", List.of(SECRET)))));
        samples.put("isolation", b -> b.isolation(Isolation.tenant(Path.of("tenants/acme"))));
        samples.put("sandbox", b -> b.sandbox(Sandbox.standard()));
        samples.put("allowDangerouslySkipPermissions", b -> b.allowDangerouslySkipPermissions(true));
        samples.put("permissionPrompts", b -> b.permissionPrompts(PermissionPrompts.NONE));
        samples.put("projectConfigRoot", b -> b.projectConfigRoot(Path.of("config")));
        samples.put("enableFileCheckpointing", b -> b.enableFileCheckpointing(true));
        samples.put("debug", b -> b.debug("api,hooks"));
        samples.put("debugFile", b -> b.debugFile(Path.of("debug.txt")));
        samples.put("clientApp", b -> b.clientApp("my-app/1.0"));
        samples.put(
                "traceContext",
                b -> b.traceContext(
                        new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "vendor=1")));
    }

    /** The keys of all options. */
    static List<Option<?>> keys() {
        return Arrays.stream(Option.class.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Option.class)
                .<Option<?>>map(field -> {
                    try {
                        return (Option<?>) field.get(null);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    static ClaudeOptions sample(String name) {
        UnaryOperator<ClaudeOptions.Builder> sample = SAMPLES.get(name);
        if (sample == null) {
            throw new AssertionError("no sample of the option " + name);
        }
        return sample.apply(ClaudeOptions.builder()).build();
    }

    /** Every option that goes with a new conversation and a permission handler. */
    static ClaudeOptions all() {
        ClaudeOptions.Builder builder = ClaudeOptions.builder();
        List<String> other = List.of(
                "resume",
                "resumeTitle",
                "continueConversation",
                "forkSession",
                "resumeSessionAt",
                "resumeDropsTurn",
                "isolation",
                "permissionPromptToolName");
        for (Map.Entry<String, UnaryOperator<ClaudeOptions.Builder>> sample : SAMPLES.entrySet()) {
            if (!other.contains(sample.getKey())) {
                builder = sample.getValue().apply(builder);
            }
        }
        return builder.build();
    }

    static CommandLine commandLine(UnaryOperator<ClaudeOptions.Builder> setters) {
        return CommandLine.of(setters.apply(ClaudeOptions.builder()).build(), NEW_ID, HOST);
    }
}
