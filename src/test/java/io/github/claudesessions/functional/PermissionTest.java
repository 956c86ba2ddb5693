package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.error.ReentrantTurnException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.message.PermissionDenial;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.permission.PermissionBehavior;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionDestination;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.permission.PermissionPolicy;
import io.github.claudesessions.permission.PermissionRequest;
import io.github.claudesessions.permission.PermissionRule;
import io.github.claudesessions.permission.PermissionUpdate;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Permission handlers, asked by the real CLI. */
@Timeout(60)
@Tag("unix")
class PermissionTest extends AskedOnCli {
    private static final Reply TOUCH = Reply.toolUse("Bash", Map.of("command", "touch made", "description", "d"));

    @Test
    void allow() {
        api.reply(TOUCH, Reply.text("done"));
        try (ClaudeSession session = open(request -> PermissionDecision.allow())) {
            assertThat(session.query("go").text()).isEqualTo("done");
        }
        assertThat(cwd.resolve("made")).exists();
        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.toolName()).isEqualTo("Bash");
            assertThat(request.input()).containsEntry("command", "touch made");
            assertThat(request.toolUseId()).isNotBlank();
            assertThat(request.suggestions()).isNotEmpty().noneMatch(PermissionUpdate.Unknown.class::isInstance);
            assertThat(request.raw()).containsKeys("tool_name", "permission_suggestions");
        });
    }

    @Test
    void allowWithChangedInput() {
        api.reply(TOUCH, Reply.text("done"));
        try (ClaudeSession session = open(request ->
                PermissionDecision.allow().withInput(Map.of("command", "touch other", "description", "d")))) {
            session.query("go");
        }
        assertThat(cwd.resolve("made")).doesNotExist();
        assertThat(cwd.resolve("other")).exists();
    }

    @Test
    void deny() {
        api.reply(TOUCH, Reply.text("a pity"));
        // @start region="handler"
        PermissionHandler handler = request -> request.toolName().equals("Bash")
                ? PermissionDecision.deny("no shell here")
                : PermissionDecision.allow();
        ClaudeOptions options =
                ClaudeOptions.builder().permissionHandler(handler).build();
        // @end
        try (ClaudeSession session = ClaudeSession.open(
                options.toBuilder().env(api.environment()).cwd(cwd).build())) {
            assertThat(session.query("go").permissionDenials())
                    .singleElement()
                    .satisfies(denial -> assertThat(denial.toolName()).isEqualTo("Bash"));
        }
        assertThat(cwd.resolve("made")).doesNotExist();
        assertThat(context()).contains("no shell here");
    }

    @Test
    void denyAndInterruptEndsTheTurn() {
        api.reply(TOUCH, Reply.text("next"));
        try (ClaudeSession session =
                open(request -> PermissionDecision.deny("stop it").interrupting())) {
            assertThatThrownBy(() -> session.query("go"))
                    .isInstanceOfSatisfying(
                            TurnFailedException.class,
                            e -> assertThat(e.result().terminalReason()).hasToString("aborted_tools"));
            assertThat(session.query("and now").text()).isEqualTo("next");
        }
        assertThat(cwd.resolve("made")).doesNotExist();
    }

    @Test
    void aSuggestionGivenBackIsRemembered() {
        api.reply(TOUCH, TOUCH, Reply.text("done"));
        try (ClaudeSession session = open(request -> PermissionDecision.allow()
                .remember(request.suggestions().stream()
                        .map(update -> update.withDestination(PermissionDestination.SESSION))
                        .toList()))) {
            session.query("go");
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void aSuggestionGoesBackAsItCame() {
        api.reply(TOUCH, TOUCH, Reply.text("done"));
        try (ClaudeSession session = open(request -> PermissionDecision.allow().remember(request.suggestions()))) {
            session.query("go");
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void aRuleOfTheHostIsRememberedAndAMalformedOneIsLeftOut() {
        api.reply(TOUCH, TOUCH, Reply.text("done"));
        PermissionUpdate malformed =
                PermissionUpdate.addRules(new PermissionBehavior("perhaps"), PermissionRule.of("Bash", "touch:*"));
        try (ClaudeSession session = open(request -> PermissionDecision.allow()
                .remember(
                        malformed,
                        PermissionUpdate.addRules(PermissionBehavior.ALLOW, PermissionRule.of("Bash", "touch:*"))))) {
            session.query("go");
        }
        assertThat(asked).hasSize(1);
        assertThat(cwd.resolve("made")).exists();
    }

    @Test
    void parallelReadsAreAskedAtTheSameTime(@TempDir Path outside) throws Exception {
        Path one = Files.writeString(outside.resolve("one"), "1");
        Path two = Files.writeString(outside.resolve("two"), "2");
        api.reply(
                Reply.toolUse("Read", Map.of("file_path", one.toString()))
                        .then(Reply.toolUse("Read", Map.of("file_path", two.toString()))),
                Reply.text("both"));
        CyclicBarrier both = new CyclicBarrier(2);
        try (ClaudeSession session = open(request -> {
            both.await(20, TimeUnit.SECONDS);
            return PermissionDecision.allow();
        })) {
            assertThat(session.query("go").permissionDenials()).isEmpty();
        }
        assertThat(asked).hasSize(2);
    }

    @Test
    void aHandlerThatThrowsDeniesAndTellsNothingElse() {
        api.reply(TOUCH, Reply.text("well"));
        try (ClaudeSession session = open(request -> {
            throw new IllegalStateException("password is 1234");
        })) {
            session.query("go");
        }
        assertThat(cwd.resolve("made")).doesNotExist();
        assertThat(context()).contains("the permission handler failed").doesNotContain("1234");
    }

    @Test
    void aHandlerThatWaitsHoldsUpItsTurnOnly() {
        api.reply(TOUCH, Reply.text("done"));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ClaudeSession session = open(request -> {
            begun.countDown();
            release.await();
            return PermissionDecision.allow();
        })) {
            CompletableFuture<String> turn = async(() -> session.query("go").text());
            assertThat(begun)
                    .satisfies(latch ->
                            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue());
            session.control("get_session_cost", Map.of());
            assertThat(turn).isNotDone();
            release.countDown();
            assertThat(turn.join()).isEqualTo("done");
        }
        assertThat(cwd.resolve("made")).exists();
    }

    @Test
    void aHandlerMaySendControlRequestsOfItsSessionButNoPrompt() {
        api.reply(TOUCH, Reply.text("done"));
        AtomicReference<ClaudeSession> own = new AtomicReference<>();
        AtomicReference<Throwable> refused = new AtomicReference<>();
        AtomicReference<Map<String, Object>> cost = new AtomicReference<>();
        try (ClaudeSession session = open(request -> {
            cost.set(own.get().control("get_session_cost", Map.of()));
            try {
                own.get().query("from inside");
            } catch (RuntimeException e) {
                refused.set(e);
            }
            return PermissionDecision.allow();
        })) {
            own.set(session);
            assertThat(session.query("go").text()).isEqualTo("done");
        }
        assertThat(refused.get()).isInstanceOf(ReentrantTurnException.class);
        assertThat(cost.get()).isNotNull();
        assertThat(cwd.resolve("made")).exists();
    }

    @Test
    void aHandlerThatNeverReturnsDeniesAtItsTimeLimit() throws Exception {
        api.reply(TOUCH, Reply.text("well"));
        CountDownLatch interrupted = new CountDownLatch(1);
        ClaudeOptions options = options(request -> {
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                    return PermissionDecision.allow();
                })
                .permissionTimeout(Duration.ofMillis(300))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("go").text()).isEqualTo("well");
            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(cwd.resolve("made")).doesNotExist();
        assertThat(context()).contains("no decision in time");
    }

    @Test
    void anInterruptedTurnInterruptsTheHandler() throws Exception {
        api.reply(TOUCH, Reply.text("next"));
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        try (ClaudeSession session = open(request -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                interrupted.countDown();
            }
            return PermissionDecision.allow();
        })) {
            CompletableFuture<String> turn = async(() -> session.query("go").text());
            assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
            session.interrupt();
            assertThat(interrupted.await(20, TimeUnit.SECONDS)).isTrue();
            assertThatThrownBy(turn::join).hasCauseInstanceOf(TurnFailedException.class);
            assertThat(session.query("and now").text()).isEqualTo("next");
        }
        assertThat(cwd.resolve("made")).doesNotExist();
    }

    @Test
    void withoutAHandlerACallIsDenied() {
        api.reply(TOUCH, Reply.text("well"));
        ClaudeOptions options =
                ClaudeOptions.builder().env(api.environment()).cwd(cwd).build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("go").permissionDenials()).hasSize(1);
        }
        assertThat(cwd.resolve("made")).doesNotExist();
    }

    @Test
    void readOnlyReadsOutsideAndWritesNothing(@TempDir Path outside) throws Exception {
        Path file = Files.writeString(outside.resolve("one"), "what is outside");
        api.reply(read(file), write(), TOUCH, Reply.text("done"));
        try (ClaudeSession session = open(PermissionPolicy.readOnly())) {
            assertThat(session.query("go").permissionDenials())
                    .extracting(PermissionDenial::toolName)
                    .containsExactly("Write", "Bash");
        }
        assertThat(asked).extracting(PermissionRequest::toolName).containsExactly("Read", "Write", "Bash");
        assertThat(context()).contains("what is outside", "only reading is allowed here");
        assertThat(cwd).isEmptyDirectory();
    }

    @Test
    void denyAll(@TempDir Path outside) throws Exception {
        Path file = Files.writeString(outside.resolve("one"), "what is outside");
        api.reply(read(file), write(), TOUCH, Reply.text("done"));
        try (ClaudeSession session = open(PermissionPolicy.denyAll())) {
            assertThat(session.query("go").permissionDenials()).hasSize(3);
        }
        assertThat(context()).contains("no tool is allowed here").doesNotContain("what is outside");
        assertThat(cwd).isEmptyDirectory();
    }

    private static Reply read(Path file) {
        return Reply.toolUse("Read", Map.of("file_path", file.toString()));
    }

    private Reply write() {
        return Reply.toolUse("Write", Map.of("file_path", made().toString(), "content", "x"));
    }

    @Test
    void inModeDontAskTheHandlerIsNotAsked() {
        api.reply(TOUCH, Reply.text("well"));
        ClaudeOptions options = options(request -> PermissionDecision.allow())
                .permissionMode(PermissionMode.DONT_ASK)
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("go");
        }
        assertThat(asked).isEmpty();
        assertThat(made()).doesNotExist();
    }

    private Path made() {
        return cwd.resolve("made");
    }

    @Test
    void theCallOfASubagentIsAskedWithItsId() {
        api.replyWith(r -> r.kind() == ApiRequest.Kind.SUBAGENT
                ? (r.messages().toString().contains("tool_result") ? Reply.text("from the agent") : TOUCH)
                : r.messages().toString().contains("tool_result")
                        ? Reply.text("from the main loop")
                        : Reply.toolUse(
                                "Agent",
                                Map.of("description", "d", "prompt", "p", "subagent_type", "general-purpose")));
        CountDownLatch answered = new CountDownLatch(1);
        ClaudeOptions options = options(request -> {
                    answered.countDown();
                    return PermissionDecision.allow();
                })
                .allowedTools("Agent")
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            session.query("delegate");
            assertThat(answered)
                    .satisfies(latch ->
                            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue());
        }
        assertThat(asked).singleElement().satisfies(request -> {
            assertThat(request.toolName()).isEqualTo("Bash");
            assertThat(request.agentId()).isNotBlank();
        });
    }
}
