package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.claudesessions.control.Budget;
import io.github.claudesessions.control.BudgetUse;
import io.github.claudesessions.dialog.UserDialogHandler;
import io.github.claudesessions.dialog.UserDialogReply;
import io.github.claudesessions.dialog.UserDialogRequest;
import io.github.claudesessions.elicitation.ElicitationHandler;
import io.github.claudesessions.elicitation.ElicitationReply;
import io.github.claudesessions.elicitation.ElicitationRequest;
import io.github.claudesessions.hook.HookEvent;
import io.github.claudesessions.hook.HookHandler;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.PreToolUseInput;
import io.github.claudesessions.hook.PreToolUseOutput;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.permission.PermissionRequest;
import io.github.claudesessions.spi.Launch;
import io.github.claudesessions.spi.Transport;
import io.github.claudesessions.spi.TransportFactory;
import io.github.claudesessions.tool.MountedServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose spare process may be whose. */
@Timeout(60)
class SpareFingerprintTest {
    /** What a pool can have that is compared by its value. A new option belongs here, or into one of the two sets. */
    private static final Set<String> BY_VALUE = Set.of("""
            model fallbackModel systemPrompt effort thinking betas maxTurns maxBudgetUsd maxRetries
            includePartialMessages thinkingDisplay taskBudget systemPromptSnapshot
            tools allowedTools disallowedTools permissionMode settingSources peerMessaging
            toolServers mcpServers strictMcpConfig awaitMcpReady outputSchema outputRepair
            permissionTimeout elicitationTimeout supportedDialogKinds permissionPromptToolName persistSession
            agent agents plugins skills toolAliases planModeInstructions questionPreviewFormat verbatimPrompts
            promptSuggestions agentProgressSummaries forwardSubagentText perTaskStopAffordance includeHookEvents
            settings managedSettings sandbox allowDangerouslySkipPermissions permissionPrompts projectConfigRoot
            enableFileCheckpointing debug debugFile clientApp isolation cwd addDirs env inheritEnv apiKey extraArgs cli
            maxLineBytes maxBufferedBytes firstByteTimeout messageTimeout toolSilenceTimeout turnTimeout
            interruptTimeout controlTimeout initializeTimeout
            """.strip().split("\\s+"));

    /** Code of a host whose objects are equal without being the same. */
    private record Code(String name)
            implements PermissionHandler,
                    ElicitationHandler,
                    UserDialogHandler,
                    HookHandler<PreToolUseInput, PreToolUseOutput>,
                    MountedServer,
                    TransportFactory {
        /** Not a constant: each call makes another one. */
        static Code equal() {
            return new Code("code");
        }

        @Override
        public PermissionDecision decide(PermissionRequest request) {
            return PermissionDecision.deny("no");
        }

        @Override
        public UserDialogReply answer(UserDialogRequest request) {
            return UserDialogReply.cancelled();
        }

        @Override
        public ElicitationReply answer(ElicitationRequest request) {
            return ElicitationReply.decline();
        }

        @Override
        public PreToolUseOutput handle(PreToolUseInput input) {
            return PreToolUseOutput.deny("no");
        }

        @Override
        public Connection connect(Client client) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Transport start(Launch launch) {
            throw new UnsupportedOperationException();
        }
    }

    private record Listener<T>(String name) implements Consumer<T> {
        @Override
        public void accept(T value) {}
    }

    private static List<Option<?>> options() {
        return Options.keys();
    }

    private static Set<String> names(Set<Option<?>> options) {
        return options.stream().map(Option::toString).collect(Collectors.toSet());
    }

    @Test
    void itIsDecidedForEachOptionWhetherASpareProcessCanHaveIt() {
        Set<String> decided = new HashSet<>(BY_VALUE);
        for (Set<Option<?>> others : List.of(SpareFingerprint.REFUSED, SpareFingerprint.BY_IDENTITY)) {
            assertThat(names(others)).doesNotContainAnyElementsOf(decided);
            decided.addAll(names(others));
        }
        assertThat(options()).extracting(Option::toString).containsExactlyInAnyOrderElementsOf(decided);
    }

    @ParameterizedTest
    @MethodSource("options")
    void aProcessServesNoneWhoHasAnOptionThatItHasNot(Option<?> option) {
        ClaudeOptions sample = Options.sample(option.toString());
        assertThat(SpareFingerprint.of(sample))
                .isNotEqualTo(SpareFingerprint.of(ClaudeOptions.defaults()))
                .isEqualTo(SpareFingerprint.of(sample.toBuilder().build()))
                .hasSameHashCodeAs(SpareFingerprint.of(sample.toBuilder().build()))
                .asString()
                .contains(option.toString())
                .doesNotContain(Options.SECRET);
    }

    @Test
    void theContextOfToolsIsOneObject() {
        ClaudeOptions one = ClaudeOptions.builder().toolContext(new HashMap<>()).build();
        ClaudeOptions other =
                ClaudeOptions.builder().toolContext(new HashMap<>()).build();
        assertThat(SpareFingerprint.of(one))
                .isNotEqualTo(SpareFingerprint.of(other))
                .isEqualTo(SpareFingerprint.of(one.toBuilder().build()));
    }

    @ParameterizedTest
    @MethodSource("options")
    void whatIsAboutOneConversationIsRefused(Option<?> option) {
        ClaudeOptions sample = Options.sample(option.toString());
        if (SpareFingerprint.REFUSED.contains(option)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> WarmSpares.of(sample, 1))
                    .withMessageContaining("must not be set for warm spares");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SessionSupervisor.builder().warmSpares(sample, 1));
        } else {
            SpareFingerprint.check(sample);
        }
    }

    @ParameterizedTest
    @MethodSource("byValue")
    void dataIsComparedByItsValue(Option<?> option) {
        // tool servers and their tools have no equality but their identity, and the sample has the same ones
        assertThat(SpareFingerprint.of(Options.sample(option.toString())))
                .isEqualTo(SpareFingerprint.of(Options.sample(option.toString())));
    }

    private static Stream<Option<?>> byValue() {
        return options().stream().filter(option -> BY_VALUE.contains(option.toString()));
    }

    private static Map<Option<?>, UnaryOperator<ClaudeOptions.Builder>> withEqualCode() {
        return Map.of(
                Option.PERMISSION_HANDLER, b -> b.permissionHandler(Code.equal()),
                Option.ELICITATION_HANDLER, b -> b.elicitationHandler(Code.equal()),
                Option.USER_DIALOG_HANDLER, b -> b.userDialogHandler(Code.equal()),
                Option.HOOKS,
                        b -> b.hooks(Hooks.builder()
                                .on(HookEvent.PRE_TOOL_USE, Code.equal())
                                .build()),
                Option.BUDGET, b -> b.budget(Budget.hard().turns(3).onWarning(new Listener<BudgetUse>("told"))),
                Option.MOUNTED_SERVERS, b -> b.mountedServer("mine", Code.equal()),
                Option.TOOL_CONTEXT, b -> b.toolContext(Code.equal()),
                Option.TRANSPORT, b -> b.transport(Code.equal()),
                Option.STDERR, b -> b.stderr(new Listener<String>("lines")));
    }

    private static Set<Option<?>> byIdentity() {
        return SpareFingerprint.BY_IDENTITY;
    }

    @ParameterizedTest
    @MethodSource("byIdentity")
    void codeIsComparedByItsIdentity(Option<?> option) {
        UnaryOperator<ClaudeOptions.Builder> code = withEqualCode().getOrDefault(option, UnaryOperator.identity());
        ClaudeOptions one = code.apply(ClaudeOptions.builder()).build();
        ClaudeOptions equal = code.apply(ClaudeOptions.builder()).build();
        assertThat(SpareFingerprint.of(one))
                .isNotEqualTo(SpareFingerprint.of(equal))
                .isEqualTo(SpareFingerprint.of(one.toBuilder().build()));
    }

    /** Equal code in other hands is no other code: a host may build its options anew for each request. */
    @Test
    void theSameCodeInOptionsThatAreBuiltAnewIsTheSame() {
        Code code = new Code("code");
        UnaryOperator<ClaudeOptions.Builder> setters = b -> b.permissionHandler(code)
                .hooks(Hooks.builder().on(HookEvent.PRE_TOOL_USE, code).build())
                .mountedServer("mine", code)
                .budget(Budget.soft().turns(2))
                .env("TOKEN", "t");
        assertThat(SpareFingerprint.of(setters.apply(ClaudeOptions.builder()).build()))
                .isEqualTo(SpareFingerprint.of(
                        setters.apply(ClaudeOptions.builder()).build()));
    }

    @Test
    void aBudgetOfTimeIsRefused() {
        ClaudeOptions timed = ClaudeOptions.builder()
                .budget(Budget.hard().time(Duration.ofMinutes(1)))
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WarmSpares.of(timed, 1))
                .withMessage("budget must have no time for warm spares, was PT1M");
    }
}
