package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.hook.HookEvent;
import io.github.claudesessions.hook.HookFailure;
import io.github.claudesessions.hook.HookInput;
import io.github.claudesessions.hook.HookSettings;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.PostToolUseOutput;
import io.github.claudesessions.hook.PreToolUseInput;
import io.github.claudesessions.hook.PreToolUseOutput;
import io.github.claudesessions.hook.StopOutput;
import io.github.claudesessions.hook.UserPromptSubmitOutput;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Hooks, called by the real CLI. */
@Timeout(60)
@Tag("unix")
class HookTest extends OnRealCli {
    private static final Map<String, Object> INPUT = Map.of("command", "touch made", "description", "d");
    private static final Reply TOUCH = Reply.toolUse("Bash", INPUT);
    private static final PermissionHandler ALLOW = request -> PermissionDecision.allow();

    private final List<HookInput> told = new CopyOnWriteArrayList<>();

    private ClaudeOptions.Builder options(Hooks.Builder hooks) {
        return builder().hooks(hooks.build());
    }

    private ResultMessage run(ClaudeOptions.Builder options) {
        try (ClaudeSession session = ClaudeSession.open(options.build())) {
            return session.query("go");
        }
    }

    private Path made() {
        return cwd.resolve("made");
    }

    @Test
    void preToolUseDenies() {
        api.reply(TOUCH, Reply.text("well"));
        // @start region="hooks"
        Hooks hooks = Hooks.builder()
                .preToolUse("Bash", input -> PreToolUseOutput.deny("not on a Sunday"))
                .observe(HookEvent.POST_TOOL_USE, input -> System.out.println(input.toolName() + " has run"))
                .build();
        ClaudeOptions options = ClaudeOptions.builder().hooks(hooks).build();
        // @end
        run(options.toBuilder().env(api.environment()).cwd(cwd).allowedTools("Bash"));
        assertThat(made()).doesNotExist();
        assertThat(context()).contains("not on a Sunday");
    }

    @Test
    void preToolUseAllowsWithAnotherInput() {
        api.reply(TOUCH, Reply.text("done"));
        run(options(Hooks.builder().preToolUse("Bash", input -> {
            told.add(input);
            return PreToolUseOutput.allow()
                    .withInput(Map.of("command", "touch other", "description", "d"))
                    .additionalContext("the other one");
        })));
        assertThat(made()).doesNotExist();
        assertThat(cwd.resolve("other")).exists();
        assertThat(context()).contains("the other one");
        assertThat(told).singleElement().isInstanceOfSatisfying(PreToolUseInput.class, input -> {
            assertThat(input.toolName()).isEqualTo("Bash");
            assertThat(input.toolInput()).isEqualTo(INPUT);
            assertThat(input.sessionId()).isNotBlank();
            assertThat(input.cwd()).isNotBlank();
            assertThat(input.transcriptPath()).endsWith(".jsonl");
            assertThat(input.agentId()).isNull();
            assertThat(input.permissionMode()).hasToString("default");
            assertThat(input.raw()).containsEntry("hook_event_name", "PreToolUse");
        });
    }

    @Test
    void preToolUseHasThePermissionHandlerAsked() {
        api.reply(TOUCH, Reply.text("done"));
        CountDownLatch asked = new CountDownLatch(1);
        run(options(Hooks.builder().preToolUse(input -> PreToolUseOutput.ask("better ask")))
                .allowedTools("Bash")
                .permissionHandler(request -> {
                    asked.countDown();
                    assertThat(request.decisionReason()).contains("better ask");
                    return PermissionDecision.allow();
                }));
        assertThat(asked.getCount()).isZero();
        assertThat(made()).exists();
    }

    @Test
    void preToolUseDefers() {
        api.reply(TOUCH, Reply.text("never"));
        ResultMessage result = run(options(Hooks.builder().preToolUse("Bash", input -> PreToolUseOutput.defer())));
        assertThat(result.deferredToolUse()).isNotNull();
        assertThat(result.terminalReason()).hasToString("tool_deferred");
        assertThat(made()).doesNotExist();
    }

    @Test
    void aHookThatSaysNothingLeavesItToThePermissionHandler() {
        api.reply(TOUCH, Reply.text("done"));
        run(options(Hooks.builder().preToolUse("Bash", input -> PreToolUseOutput.proceed()))
                .permissionHandler(ALLOW));
        assertThat(made()).exists();
    }

    @Test
    void theMatcherDecidesWhetherAHookRuns() {
        api.reply(TOUCH, Reply.text("done"));
        run(options(Hooks.builder().preToolUse("Edit|Write", input -> PreToolUseOutput.deny("no")))
                .permissionHandler(ALLOW));
        assertThat(made()).exists();
    }

    @Test
    void denyAndStopEndsTheTurn() {
        api.reply(TOUCH, Reply.text("never"));
        ResultMessage result = run(options(
                Hooks.builder().preToolUse(input -> PreToolUseOutput.deny("no").stopTurn("that is enough"))));
        assertThat(result.terminalReason()).hasToString("hook_stopped");
        assertThat(made()).doesNotExist();
        assertThat(api.unusedReplies()).isEqualTo(1);
    }

    @Test
    void aGateThatThrowsPreventsTheCall() {
        api.reply(TOUCH, Reply.text("well"));
        run(options(Hooks.builder().preToolUse(input -> {
                    throw new IllegalStateException("password is 1234");
                }))
                .allowedTools("Bash"));
        assertThat(made()).doesNotExist();
        assertThat(context()).contains("a hook of the host failed").doesNotContain("1234");
    }

    @Test
    void aHookThatMayFailLetsTheCallRun() {
        api.reply(TOUCH, Reply.text("done"));
        run(options(Hooks.builder()
                        .on(HookEvent.PRE_TOOL_USE, HookSettings.any().onFailure(HookFailure.CONTINUE), input -> {
                            throw new IllegalStateException("made up");
                        }))
                .allowedTools("Bash"));
        assertThat(made()).exists();
    }

    @Test
    void aGateThatNeverReturnsPreventsTheCallAtItsTimeLimit() throws Exception {
        api.reply(TOUCH, Reply.text("well"));
        CountDownLatch interrupted = new CountDownLatch(1);
        run(options(Hooks.builder()
                        .on(HookEvent.PRE_TOOL_USE, HookSettings.any().within(Duration.ofMillis(300)), input -> {
                            try {
                                new CountDownLatch(1).await();
                            } finally {
                                interrupted.countDown();
                            }
                            return PreToolUseOutput.allow();
                        }))
                .allowedTools("Bash"));
        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(made()).doesNotExist();
        assertThat(context()).contains("a hook of the host failed");
    }

    @Test
    void postToolUseAddsContextAndReplacesTheOutput() {
        api.reply(TOUCH, Reply.text("done"));
        run(options(Hooks.builder().postToolUse("Bash", input -> {
                    told.add(input);
                    return PostToolUseOutput.proceed()
                            .additionalContext("remember the milk")
                            .updatedToolOutput(
                                    Map.of("stdout", "replaced", "stderr", "", "interrupted", false, "isImage", false));
                }))
                .allowedTools("Bash"));
        assertThat(told).hasSize(1);
        assertThat(context()).contains("remember the milk", "replaced");
    }

    @Test
    void anObserverDoesNotHoldUpTheTurn() throws Exception {
        api.reply(TOUCH, Reply.text("done"));
        CountDownLatch turnIsOver = new CountDownLatch(1);
        CountDownLatch observed = new CountDownLatch(1);
        ClaudeOptions options = options(Hooks.builder().observe(HookEvent.PRE_TOOL_USE, input -> {
                    turnIsOver.await();
                    observed.countDown();
                }))
                .allowedTools("Bash")
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("go").text()).isEqualTo("done");
            turnIsOver.countDown();
            assertThat(observed.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(made()).exists();
    }

    @Test
    void aPromptIsBlocked() {
        api.reply(Reply.text("only this"));
        ClaudeOptions options = options(Hooks.builder()
                        .userPromptSubmit(input -> input.prompt().contains("secret")
                                ? UserPromptSubmitOutput.block("no secrets")
                                : UserPromptSubmitOutput.proceed().additionalContext("be kind")))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            ResultMessage blocked = session.query("a secret");
            assertThat(blocked.isError()).isFalse();
            assertThat(blocked.numTurns()).isZero();
            assertThat(session.query("harmless").text()).isEqualTo("only this");
        }
        assertThat(api.requests()).hasSize(1);
        assertThat(context()).contains("be kind").doesNotContain("a secret");
    }

    @Test
    void aThrowingPromptHookBlocksThePromptAndTheSessionLives() {
        api.reply(Reply.text("fine"));
        ClaudeOptions options = options(Hooks.builder().userPromptSubmit(input -> {
                    if (input.prompt().equals("first")) {
                        throw new IllegalStateException("made up");
                    }
                    return UserPromptSubmitOutput.proceed();
                }))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("first").numTurns()).isZero();
            assertThat(session.query("second").text()).isEqualTo("fine");
        }
    }

    @Test
    void aBlockedStopMakesTheModelGoOn() {
        api.reply(Reply.text("one"), Reply.text("two"));
        ResultMessage result = run(options(Hooks.builder()
                .stop(input -> input.stopHookActive() ? StopOutput.proceed() : StopOutput.block("say more"))));
        assertThat(result.text()).isEqualTo("two");
        assertThat(context()).contains("say more");
    }

    @Test
    void aStopHookThatThrowsLetsTheTurnEnd() {
        api.reply(Reply.text("one"));
        assertThat(run(options(Hooks.builder().stop(input -> {
                            throw new IllegalStateException("made up");
                        })))
                        .text())
                .isEqualTo("one");
    }

    @Test
    void hooksSeeSubagents() {
        api.replyWith(r -> r.kind() == ApiRequest.Kind.SUBAGENT
                ? (r.messages().toString().contains("tool_result") ? Reply.text("from the agent") : TOUCH)
                : r.messages().toString().contains("tool_result") ? Reply.text("from the main loop") : agent());
        CountDownLatch observed = new CountDownLatch(2);
        ClaudeOptions options = options(Hooks.builder()
                        .observe(HookEvent.SUBAGENT_START, input -> {
                            told.add(input);
                            observed.countDown();
                        })
                        .observe(HookEvent.SUBAGENT_STOP, input -> {
                            told.add(input);
                            observed.countDown();
                        })
                        .preToolUse("Bash", input -> {
                            told.add(input);
                            return PreToolUseOutput.proceed();
                        }))
                .allowedTools("Agent", "Bash")
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("delegate");
            assertThat(observed)
                    .satisfies(latch ->
                            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue());
        }
        assertThat(told)
                .extracting(input -> input.context().event())
                .contains("SubagentStart", "PreToolUse", "SubagentStop");
        assertThat(told).allSatisfy(input -> {
            assertThat(input.agentId()).isNotBlank();
            assertThat(input.agentType()).isEqualTo("general-purpose");
        });
        assertThat(made()).exists();
    }

    @Test
    void clearEndsAndStartsAConversation() throws Exception {
        api.reply(Reply.text("one"));
        CountDownLatch seen = new CountDownLatch(2);
        ClaudeOptions options = options(Hooks.builder()
                        .observe(HookEvent.SESSION_END, input -> {
                            told.add(input);
                            seen.countDown();
                        })
                        .observe(HookEvent.SESSION_START, input -> {
                            told.add(input);
                            seen.countDown();
                        }))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("go");
            assertThat(told).isEmpty();
            session.query("/clear");
            assertThat(seen.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(told)
                .extracting(input -> input.context().event())
                .containsExactlyInAnyOrder("SessionEnd", "SessionStart");
    }
}
