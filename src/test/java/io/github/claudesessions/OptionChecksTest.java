package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.claudesessions.message.PermissionMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class OptionChecksTest {
    private static final String LONG = "x".repeat(30_001);

    private static Arguments bad(Consumer<ClaudeOptions.Builder> use, String message) {
        return arguments(use, message);
    }

    static Stream<Arguments> refused() {
        String uuid = " must be a UUID such as 6f1c2f0e-0000-4000-8000-000000000000, was \"";
        return Stream.of(
                bad(b -> b.model(" "), "model must not be blank, was \" \""),
                bad(b -> b.model("a\nb"), "model must not contain control characters, was \"a?b\""),
                bad(b -> b.model(LONG), "model must have at most 30000 characters, had 30001"),
                bad(b -> b.fallbackModel(""), "fallbackModel must not be blank, was \"\""),
                bad(b -> b.effort(new Effort("a b")), "effort must be of letters, digits, '_', '.', '-', was \"a b\""),
                bad(b -> b.thinking(Thinking.enabled(1023)), "thinking budgetTokens must be at least 1024, was 1023"),
                bad(b -> b.beta("a,b"), "beta must be of letters, digits, '_', '.', '-', was \"a,b\""),
                bad(b -> b.betas("a", " "), "beta must not be blank, was \" \""),
                bad(b -> b.maxTurns(0), "maxTurns must be at least 1, was 0"),
                bad(b -> b.maxBudgetUsd(0), "maxBudgetUsd must be a positive number, was 0.0"),
                bad(b -> b.maxBudgetUsd(Double.NaN), "maxBudgetUsd must be a positive number, was NaN"),
                bad(
                        b -> b.maxBudgetUsd(Double.POSITIVE_INFINITY),
                        "maxBudgetUsd must be a positive number, was Infinity"),
                bad(b -> b.maxRetries(-1), "maxRetries must be at least 0, was -1"),
                bad(b -> b.tool("Read,Bash"), "tool must be of letters, digits, '_', '.', '-', was \"Read,Bash\""),
                bad(b -> b.tools(List.of("")), "tool must not be blank, was \"\""),
                bad(b -> b.allowedTools("Read", " "), "allowedTool must not be blank, was \" \""),
                bad(
                        b -> b.disallowedTool("a b"),
                        "disallowedTool must be one rule, without commas or white space outside parentheses, was \"a"
                                + " b\""),
                bad(
                        b -> b.permissionMode(new PermissionMode("a=b")),
                        "permissionMode must be of letters, digits, '_', '.', '-', was \"a=b\""),
                bad(
                        b -> b.permissionPromptToolName("decide"),
                        "permissionPromptToolName must be like mcp__server__tool, was \"decide\""),
                bad(
                        b -> b.settingSource(new SettingSource("user,project")),
                        "settingSource must be of letters, digits, '_', '.', '-', was \"user,project\""),
                bad(b -> b.resume("--version"), "resume" + uuid + "--version\""),
                bad(b -> b.resume("/some/file.jsonl"), "resume" + uuid + "/some/file.jsonl\""),
                bad(b -> b.sessionId("-x"), "sessionId" + uuid + "-x\""),
                bad(b -> b.resumeTitle(""), "resumeTitle must not be blank, was \"\""),
                bad(
                        b -> b.resumeTitle(Options.ID),
                        "resumeTitle must not be a UUID (use resume), was \"" + Options.ID + "\""),
                bad(
                        b -> b.resumeTitle("/a/b.JSONL "),
                        "resumeTitle must not be the path of a transcript, was \"/a/b.JSONL \""),
                bad(
                        b -> b.resumeTitle("fix: the bug"),
                        "resumeTitle must not begin like a URL (use resume), was \"fix: the bug\""),
                bad(
                        b -> b.resumeTitle(" https://example.com/x"),
                        "resumeTitle must not begin like a URL (use resume), was \" https://example.com/x\""),
                bad(b -> b.env("A=B", "c"), "env name must not contain '=' or NUL, was \"A=B\""),
                bad(b -> b.env("", "c"), "env name must not be blank, was \"\""),
                bad(b -> b.env("A", "secret\0"), "env A must not contain NUL, its value is not shown"),
                bad(b -> b.env(Map.of("A=", "c")), "env name must not contain '=' or NUL, was \"A=\""),
                bad(b -> b.apiKey(""), "apiKey must be of visible ASCII characters, was of 0 characters"),
                bad(b -> b.apiKey("sk secret"), "apiKey must be of visible ASCII characters, was of 9 characters"),
                bad(
                        b -> b.extraArg("--name", "x"),
                        "extraArgs flag must be of [a-z0-9-], without the leading dashes, was \"--name\""),
                bad(
                        b -> b.extraArg("a=b", "x"),
                        "extraArgs flag must be of [a-z0-9-], without the leading dashes, was \"a=b\""),
                bad(
                        b -> b.extraArgs(Map.of("model", "x")),
                        "extraArgs flag must not be one that an option or the library sets, was \"model\""),
                bad(
                        b -> b.extraArg("allowedTools", "x"),
                        "extraArgs flag must be of [a-z0-9-], without the leading dashes, was \"allowedTools\""),
                bad(
                        b -> b.extraArg("name", LONG),
                        "extraArgs name must have at most 30000 characters and no NUL, had 30001"),
                bad(b -> b.maxLineBytes(65_535), "maxLineBytes must be at least 65536, was 65535"),
                bad(b -> b.maxBufferedBytes(0), "maxBufferedBytes must be at least 1, was 0"),
                bad(b -> b.messageTimeout(Duration.ZERO), "messageTimeout must be positive, was PT0S"),
                bad(b -> b.firstByteTimeout(Duration.ZERO), "firstByteTimeout must be positive, was PT0S"),
                bad(b -> b.toolSilenceTimeout(Duration.ZERO), "toolSilenceTimeout must be positive, was PT0S"),
                bad(b -> b.sessionTimeout(Duration.ZERO), "sessionTimeout must be positive, was PT0S"),
                bad(b -> b.interruptTimeout(Duration.ZERO), "interruptTimeout must be positive, was PT0S"),
                bad(b -> b.turnTimeout(Duration.ofSeconds(-1)), "turnTimeout must be positive, was PT-1S"),
                bad(b -> b.controlTimeout(Duration.ofDays(366)), "controlTimeout must be at most PT8760H, was PT8784H"),
                bad(b -> b.initializeTimeout(Duration.ZERO), "initializeTimeout must be positive, was PT0S"),
                bad(b -> b.inheritEnv(InheritEnv.only("")), "inheritEnv name must not be blank, was \"\""));
    }

    static Stream<Arguments> refusedExtensions() {
        return Stream.of(
                bad(b -> b.taskBudget(0), "taskBudget must be at least 1, was 0"),
                bad(
                        b -> b.thinkingDisplay(new ThinkingDisplay("a b")),
                        "thinkingDisplay must be of letters, digits, '_', '.', '-', was \"a b\""),
                bad(b -> b.title(" "), "title must not be blank, was \" \""),
                bad(
                        b -> b.resumeSessionAt("x"),
                        "resumeSessionAt must be a UUID such as 6f1c2f0e-0000-4000-8000-000000000000, was \"x\""),
                bad(
                        b -> b.resumeDropsTurn("x"),
                        "resumeDropsTurn must be a UUID such as 6f1c2f0e-0000-4000-8000-000000000000, was \"x\""),
                bad(b -> b.agent(""), "agent must not be blank, was \"\""),
                bad(b -> b.agent("x", AgentDefinition.of("", "p")), "description must not be blank, was \"\""),
                bad(b -> b.agent("x", AgentDefinition.of("d", " ")), "prompt must not be blank, was \" \""),
                bad(b -> AgentDefinition.builder("d", "p").maxTurns(0), "maxTurns must be at least 1, was 0"),
                bad(
                        b -> AgentDefinition.builder("d", "p").tools("Read Edit"),
                        "tool must be one rule, without commas or white space outside parentheses, was \"Read Edit\""),
                bad(
                        b -> b.skills("a),Bash(rm"),
                        "skill must not contain parentheses, commas or white space, was \"a),Bash(rm\""),
                bad(
                        b -> b.toolAlias("Bash", "a,b"),
                        "toolAlias to must be of letters, digits, '_', '.', '-', was \"a,b\""),
                bad(b -> b.planModeInstructions(""), "planModeInstructions must not be blank, was \"\""),
                bad(
                        b -> b.settings(Map.of("x", List.of(Map.of("y", Thread.currentThread())))),
                        "settings must be of maps, lists, texts, numbers, booleans and nulls, was not at \"x\""),
                bad(
                        b -> b.managedSettings(Map.of("x", Thread.currentThread())),
                        "managedSettings must be of maps, lists, texts, numbers, booleans and nulls, was not at \"x\""),
                bad(
                        b -> Sandbox.builder().setting("enabled.x", true).build(),
                        "setting enabled.x must not go below one that has a value"),
                bad(
                        b -> b.clientApp("my app"),
                        "clientApp must be of letters, digits and '_', '.', '/', '@', '+', '-', was \"my app\""),
                bad(
                        b -> b.traceContext(TraceContext.of("00-1-2-3")),
                        "traceparent must be version-traceid-parentid-flags in hexadecimal, was \"00-1-2-3\""),
                bad(b -> b.debug(""), "debug must not be blank, was \"\""),
                bad(
                        b -> b.systemPrompt(SystemPrompt.text("a", " ")),
                        "systemPrompt must have two parts that are not blank, had 1 and 1 characters"),
                bad(
                        b -> b.resumeSessionAt(Options.ID).build(),
                        "resumeSessionAt must come with resume or resumeTitle, was \"" + Options.ID + "\" without"),
                bad(
                        b -> b.resume(Options.ID).resumeDropsTurn(Options.ID).build(),
                        "resumeDropsTurn must come with resumeSessionAt, was \"" + Options.ID + "\" without"),
                bad(
                        b -> b.sandbox(Sandbox.standard())
                                .settings(Map.of("sandbox", Map.of()))
                                .build(),
                        "only one of sandbox and settings must have a sandbox, was in both"),
                bad(
                        b -> b.settings(Map.of("crossSessionInbound", "allow")).build(),
                        "settings must not have crossSessionInbound without peerMessaging(true)"),
                bad(
                        b -> b.skills(Skills.all()).disallowedTool("Skill").build(),
                        "disallowedTools must not name Skill when skills are chosen, were All[]"));
    }

    @ParameterizedTest
    @MethodSource("refusedExtensions")
    void extensionsAreCheckedToo(Consumer<ClaudeOptions.Builder> use, String message) {
        aSetterNamesTheOptionTheRuleAndTheValue(use, message);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aSetterNamesTheOptionTheRuleAndTheValue(Consumer<ClaudeOptions.Builder> use, String message) {
        assertThatThrownBy(() -> use.accept(ClaudeOptions.builder()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Read Edit",
                "Read,Edit",
                "Bash(",
                "Bash)",
                "Bash(a))",
                ")(",
                "Bash((a)",
                "Read\u00a0Edit",
                "Read\u2003",
                "Bash(a) Edit",
                "Bash(a),Edit",
                "\u2028"
            })
    void aRuleThatTheCliWouldSplitIsRefused(String rule) {
        assertThatThrownBy(() -> ClaudeOptions.builder().allowedTool(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("allowedTool must");
        assertThatThrownBy(() -> ClaudeOptions.builder().disallowedTools(rule))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("disallowedTool must");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Read",
                "Bash(git log, --oneline)",
                "mcp__server__tool",
                "Edit(/src/(a b)/**)",
                "--model",
                "Agent(x)"
            })
    void oneRuleIsTaken(String rule) {
        assertThat(ClaudeOptions.builder().allowedTool(rule).build().allowedTools())
                .containsExactly(rule);
    }

    @Test
    void nullIsRefusedByName() {
        Set<String> nullable = Set.of("extraArg");
        Arrays.stream(ClaudeOptions.Builder.class.getMethods())
                .filter(setter -> setter.getParameterCount() == 1
                        && !setter.getParameterTypes()[0].isPrimitive()
                        && setter.getDeclaringClass() != Object.class
                        && !nullable.contains(setter.getName()))
                .forEach(setter -> assertThatThrownBy(() -> setter.invoke(ClaudeOptions.builder(), new Object[] {null}))
                        .as(setter.toString())
                        .cause()
                        .isInstanceOf(NullPointerException.class)
                        .hasMessageContaining(" must not be null"));
    }

    static Stream<Arguments> contradictions() {
        String one = "only one of resume, resumeTitle and continueConversation must be set";
        String id =
                "sessionId must not come with resume, resumeTitle or continueConversation unless forkSession is set";
        return Stream.of(
                bad(b -> b.resume(Options.ID).continueConversation(true), one),
                bad(b -> b.resume(Options.ID).resumeTitle("t"), one),
                bad(b -> b.resumeTitle("t").continueConversation(true), one),
                bad(b -> b.forkSession(true), "forkSession must come with resume"),
                bad(b -> b.sessionId(Options.NEW_ID).resume(Options.ID), id),
                bad(b -> b.sessionId(Options.NEW_ID).resumeTitle("t"), id),
                bad(b -> b.sessionId(Options.NEW_ID).continueConversation(true), id),
                bad(
                        b -> b.sessionId(Options.ID).resume(Options.ID).forkSession(true),
                        "sessionId must not be the id that is forked"),
                bad(
                        b -> b.permissionPromptToolName("mcp__a__b").permissionHandler(Options.HANDLER),
                        "only one of permissionHandler and permissionPromptToolName must be set, was \"mcp__a__b\""),
                bad(
                        b -> b.model("m").fallbackModel("m"),
                        "fallbackModel must not name the model itself, both were \"m\""),
                bad(b -> b.model("m").fallbackModel("n, m"), "fallbackModel must not name the model itself"),
                bad(b -> b.allowedTool("ListAgents"), "tools and allowedTools must not name ListAgents"),
                bad(b -> b.tools("ListAgents"), "tools and allowedTools must not name ListAgents"));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void optionsThatContradictEachOtherAreRefused(Consumer<ClaudeOptions.Builder> use, String message) {
        ClaudeOptions.Builder builder = ClaudeOptions.builder();
        use.accept(builder);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void whatGoesTogetherIsTaken() {
        ClaudeOptions.Builder fork = ClaudeOptions.builder().forkSession(true).sessionId(Options.NEW_ID);
        assertThat(fork.resume(Options.ID).persistSession(false).build().forkSession())
                .isTrue();
        assertThat(fork.unset(Option.RESUME).continueConversation(true).build().continueConversation())
                .isTrue();
        assertThat(ClaudeOptions.builder()
                        .peerMessaging(true)
                        .allowedTool("ListAgents")
                        .build()
                        .allowedTools())
                .hasSize(1);
        assertThat(ClaudeOptions.builder().cwd(Path.of("x")).build().cwd().orElseThrow())
                .isAbsolute();
        assertThat(ClaudeOptions.builder()
                        .resume("6F1C2F0E-0000-4000-8000-00000000000A")
                        .build()
                        .resume())
                .contains(Options.ID);
    }
}
