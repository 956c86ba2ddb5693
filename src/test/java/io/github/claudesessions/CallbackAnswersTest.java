package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.error.SessionStartException;
import io.github.claudesessions.hook.HookEvent;
import io.github.claudesessions.hook.HookInput;
import io.github.claudesessions.hook.HookSettings;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.PostToolUseOutput;
import io.github.claudesessions.hook.PreToolUseOutput;
import io.github.claudesessions.hook.StopOutput;
import io.github.claudesessions.hook.UnknownHookOutput;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.permission.DecisionClassification;
import io.github.claudesessions.permission.PermissionBehavior;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.permission.PermissionRule;
import io.github.claudesessions.permission.PermissionUpdate;
import io.github.claudesessions.testing.FakeClaude;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What permission handlers and hooks answer on the wire. */
@Timeout(30)
class CallbackAnswersTest {
    private static final List<Map<String, Object>> SUGGESTIONS = List.of(
            Map.of(
                    "type",
                    "addRules",
                    "rules",
                    List.of(Map.of("toolName", "Bash", "ruleContent", "ls:*", "newInRule", 1)),
                    "behavior",
                    "allow",
                    "destination",
                    "localSettings",
                    "new",
                    List.of(1, 2)),
            Map.of("type", "fromTheFuture", "what", "ever"),
            Map.of("type", "setMode", "mode", "acceptEdits", "destination", "session"));

    private final FakeClaude fake = FakeClaude.create();

    private static Map<String, Object> call() {
        return Map.of(
                "tool_name",
                "Bash",
                "input",
                Map.of("command", "ls"),
                "tool_use_id",
                "toolu_1",
                "permission_suggestions",
                SUGGESTIONS,
                "new_field",
                true);
    }

    private Map<String, Object> permission(@Nullable PermissionHandler handler) {
        ClaudeOptions.Builder options = ClaudeOptions.builder();
        return Fakes.ask(fake, handler == null ? options : options.permissionHandler(handler), "can_use_tool", call());
    }

    @Test
    void theHandlerAloneIsEnoughToBeAsked() {
        assertThat(permission(request -> PermissionDecision.allow()))
                .isEqualTo(Map.of("behavior", "allow", "toolUseID", "toolu_1"));
        assertThat(fake.launches().getFirst().arguments()).contains("--permission-prompt-tool=stdio");
    }

    @Test
    void whatAPersonChoseIsPassedOn() {
        assertThat(permission(request -> PermissionDecision.allow()
                        .classified(DecisionClassification.USER_PERMANENT)
                        .withInput(Map.of("command", "ls"))))
                .containsEntry("decisionClassification", "user_permanent");
        assertThat(permission(request -> PermissionDecision.deny("no")
                        .classified(DecisionClassification.USER_REJECT)
                        .interrupting()))
                .containsEntry("decisionClassification", "user_reject");
    }

    @Test
    void suggestionsGoBackExactlyAsTheyCame() {
        assertThat(permission(request -> PermissionDecision.allow()
                        .withInput(Map.of("command", "ls -l"))
                        .remember(request.suggestions())))
                .containsEntry("updatedPermissions", SUGGESTIONS)
                .containsEntry("updatedInput", Map.of("command", "ls -l"));
    }

    @Test
    void malformedChangesAreLeftOut() {
        assertThat(permission(request -> PermissionDecision.allow()
                        .remember(
                                new PermissionUpdate.Unknown(Map.of("type", "made up")),
                                PermissionUpdate.addRules(new PermissionBehavior("perhaps"), PermissionRule.of("Bash")),
                                PermissionUpdate.setMode(PermissionMode.PLAN),
                                PermissionUpdate.addDirectories(" "))))
                .containsEntry(
                        "updatedPermissions",
                        List.of(Map.of("type", "setMode", "mode", "plan", "destination", "session")));
    }

    @Test
    void denials() {
        assertThat(permission(request -> PermissionDecision.deny("no").interrupting()))
                .isEqualTo(Map.of("behavior", "deny", "message", "no", "interrupt", true, "toolUseID", "toolu_1"));
        assertThat(permission(null)).containsEntry("behavior", "deny").containsKey("message");
        assertThat(permission(request -> {
                    throw new StackOverflowError("password 1234");
                }))
                .containsEntry("behavior", "deny")
                .doesNotContainEntry("interrupt", true)
                .extracting("message")
                .asString()
                .doesNotContain("1234");
    }

    @Test
    @SuppressWarnings("NullAway") // what a careless user does
    void nullIsDenied() {
        assertThat(permission(request -> null)).containsEntry("behavior", "deny");
    }

    @Test
    void anInputThatIsNoJsonIsDenied() {
        assertThat(permission(request -> PermissionDecision.allow().withInput(Map.of("a", new Object()))))
                .containsEntry("behavior", "deny");
    }

    @Test
    void aHandlerThatIgnoresItsInterruptIsDeniedInTime() {
        Semaphore end = new Semaphore(0);
        ClaudeOptions.Builder options = ClaudeOptions.builder()
                .permissionHandler(request -> {
                    end.acquireUninterruptibly();
                    return PermissionDecision.allow();
                })
                .permissionTimeout(Duration.ofMillis(50));
        try {
            assertThat(Fakes.ask(fake, options, "can_use_tool", call())).containsEntry("behavior", "deny");
        } finally {
            end.release();
        }
    }

    @Test
    void aCancelledQuestionIsNotAnswered() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        fake.turn(turn -> {
            Map<String, Object> request = new LinkedHashMap<>(call());
            request.put("subtype", "can_use_tool");
            turn.send(Map.of("type", "control_request", "request_id", "ask-1", "request", request));
            turn.await(begun);
            turn.send(Map.of("type", "control_cancel_request", "request_id", "ask-1"));
            turn.await(interrupted);
        });
        ClaudeOptions options = ClaudeOptions.builder()
                .transport(fake)
                .permissionHandler(request -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                    return PermissionDecision.allow();
                })
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("go");
        }
        assertThat(fake.received()).noneMatch(line -> "control_response".equals(line.get("type")));
    }

    private Map<String, Object> hook(Hooks.Builder hooks, String event, Map<String, ?> fields) {
        Map<String, Object> input = new LinkedHashMap<>(fields);
        input.put("hook_event_name", event);
        return Fakes.ask(
                fake,
                ClaudeOptions.builder().hooks(hooks.build()),
                "hook_callback",
                Map.of("callback_id", "hook_0", "input", input));
    }

    @Test
    void hooksAreRegisteredInTheHandshake() {
        Hooks hooks = Hooks.builder()
                .preToolUse("Edit|Write", input -> PreToolUseOutput.proceed())
                .on(HookEvent.STOP, HookSettings.any().within(Duration.ofMillis(1500)), input -> StopOutput.proceed())
                .observe(HookEvent.PRE_TOOL_USE, input -> {})
                .build();
        try (ClaudeSession session = ClaudeSession.open(
                ClaudeOptions.builder().transport(fake).hooks(hooks).build())) {
            assertThat(session.health()).isInstanceOf(Health.Healthy.class);
        }
        Map<?, ?> request =
                (Map<?, ?>) Objects.requireNonNull(fake.received().getFirst().get("request"));
        assertThat(request.get("hooks"))
                .isEqualTo(Map.of(
                        "PreToolUse",
                        List.of(
                                Map.of(
                                        "matcher",
                                        "Edit|Write",
                                        "hookCallbackIds",
                                        List.of("hook_0"),
                                        "timeout",
                                        65,
                                        "onFailure",
                                        "block"),
                                Map.of("hookCallbackIds", List.of("hook_2"), "timeout", 65)),
                        "Stop",
                        List.of(Map.of("hookCallbackIds", List.of("hook_1"), "timeout", 7))));
    }

    @Test
    void hooksThatTheCliDoesNotConfirmFailTheOpening() {
        fake.onControl(
                "initialize",
                request -> Map.of("settings_applied", true, "disallowed_tools_applied", true, "hooks_applied", true));
        ClaudeOptions options = ClaudeOptions.builder()
                .transport(fake)
                .hooks(Hooks.builder()
                        .preToolUse(input -> PreToolUseOutput.proceed())
                        .build())
                .build();
        assertThatThrownBy(() -> ClaudeSession.open(options))
                .isInstanceOf(SessionStartException.class)
                .hasMessageContaining("hook_on_failure_supported");
    }

    @Test
    void aGateThatFailsRefusesAndOthersGoOn() {
        assertThat(hook(
                        Hooks.builder().preToolUse(input -> {
                            throw new IllegalStateException("password 1234");
                        }),
                        "PreToolUse",
                        Map.of()))
                .extracting("hookSpecificOutput")
                .asString()
                .contains("permissionDecision=deny")
                .doesNotContain("1234");
        assertThat(hook(
                        Hooks.builder().userPromptSubmit(input -> {
                            throw new IllegalStateException("made up");
                        }),
                        "UserPromptSubmit",
                        Map.of()))
                .containsEntry("decision", "block");
        assertThat(hook(
                        Hooks.builder().postToolUse(input -> {
                            throw new IllegalStateException("made up");
                        }),
                        "PostToolUse",
                        Map.of()))
                .isEmpty();
    }

    @Test
    void aGateThatIsToldAnotherEventRefuses() {
        assertThat(hook(Hooks.builder().preToolUse(input -> PreToolUseOutput.allow()), "PostToolUse", Map.of()))
                .extracting("hookSpecificOutput")
                .asString()
                .contains("deny");
    }

    @Test
    void outputsSayTheirEvent() {
        assertThat(hook(
                        Hooks.builder()
                                .postToolUse(input -> PostToolUseOutput.block("look again")
                                        .additionalContext("there")
                                        .systemMessage("shown")
                                        .suppressOutput()
                                        .stopTurn("enough")),
                        "PostToolUse",
                        Map.of("tool_name", 5, "brand_new", Map.of())))
                .isEqualTo(Map.of(
                        "decision",
                        "block",
                        "reason",
                        "look again",
                        "systemMessage",
                        "shown",
                        "suppressOutput",
                        true,
                        "continue",
                        false,
                        "stopReason",
                        "enough",
                        "hookSpecificOutput",
                        Map.of("hookEventName", "PostToolUse", "additionalContext", "there")));
    }

    @Test
    void anEventOfTheFutureCanBeAnswered() {
        AtomicReference<HookInput> told = new AtomicReference<>();
        assertThat(hook(
                        Hooks.builder().on(HookEvent.named("BrandNew"), input -> {
                            told.set(input);
                            return UnknownHookOutput.proceed()
                                    .with("verdict", 1)
                                    .withCommon("loud", true);
                        }),
                        "BrandNew",
                        Map.of("field", "value")))
                .isEqualTo(
                        Map.of("loud", true, "hookSpecificOutput", Map.of("hookEventName", "BrandNew", "verdict", 1)));
        assertThat(told.get().raw()).containsEntry("field", "value");
    }

    @Test
    void anObserverIsAnsweredAtOnceAndInterruptedAtTheEnd() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        assertThat(hook(
                        Hooks.builder().observe(HookEvent.PRE_TOOL_USE, input -> {
                            try {
                                new CountDownLatch(1).await();
                            } finally {
                                interrupted.countDown();
                            }
                        }),
                        "PreToolUse",
                        Map.of()))
                .isEqualTo(Map.of("async", true));
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aHandlerThatIsNeverAskedIsToldOf() {
        PermissionHandler handler = request -> PermissionDecision.allow();
        ClaudeOptions.Builder options = ClaudeOptions.builder().permissionHandler(handler);
        assertThat(NeverAsked.reason(options.build())).isNull();
        assertThat(NeverAsked.reason(options.allowedTools("Bash(ls:*)").build()))
                .isNull();
        assertThat(NeverAsked.reason(options.allowedTools("Bash", "Read").build()))
                .contains("not asked about Bash, Read");
        assertThat(NeverAsked.reason(options.tools("Read").build())).contains("never asked");
        assertThat(NeverAsked.reason(options.permissionMode(PermissionMode.BYPASS_PERMISSIONS)
                        .build()))
                .contains("never asked in permission mode bypassPermissions");
        assertThat(NeverAsked.reason(ClaudeOptions.builder()
                        .permissionHandler(handler)
                        .permissionPrompts(PermissionPrompts.NONE)
                        .build()))
                .contains("never asked: permissionPrompts is none");
        assertThat(NeverAsked.reason(
                        ClaudeOptions.builder().allowedTools("Bash").build()))
                .isNull();
    }

    @Test
    void aTimeLimitNeedsAHandler() {
        assertThatThrownBy(() -> ClaudeOptions.builder()
                        .permissionTimeout(Duration.ofSeconds(1))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("permissionHandler");
    }
}
