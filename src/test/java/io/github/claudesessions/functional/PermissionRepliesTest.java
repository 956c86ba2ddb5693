package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.PermissionPrompts;
import io.github.claudesessions.error.ProcessExitedException;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.UserPromptSubmitOutput;
import io.github.claudesessions.message.InformationalMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.NoticeLevel;
import io.github.claudesessions.message.PermissionDenied;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.permission.DecisionClassification;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.permission.PermissionHandler;
import io.github.claudesessions.testing.Reply;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of an answer to a question for permission, of no answer, and of a call that nobody is asked about. */
@Timeout(60)
@Tag("unix")
class PermissionRepliesTest extends OnRealCli {
    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch handlerEnded = new CountDownLatch(1);

    @Test
    void whatAPersonChoseIsOnRecord() {
        api.reply(bash("touch one"), bash("touch two"), bash("touch three"), Reply.text("done"));
        PermissionHandler handler =
                request -> switch (String.valueOf(request.input().get("command"))) {
                    case "touch one" -> PermissionDecision.allow();
                    case "touch two" -> PermissionDecision.allow().classified(DecisionClassification.USER_PERMANENT);
                    default -> PermissionDecision.deny("no").classified(DecisionClassification.USER_REJECT);
                };
        try (ClaudeSession session =
                ClaudeSession.open(builder().permissionHandler(handler).build())) {
            String all = session.stream("go")
                    .map(message -> message.raw().toString())
                    .toList()
                    .toString();
            assertThat(all)
                    .containsSubsequence(
                            "\"source\":\"user_temporary\"",
                            "\"source\":\"user_permanent\"",
                            "\"source\":\"user_reject\"");
        }
        assertThat(made("one")).exists();
        assertThat(made("two")).exists();
        assertThat(made("three")).doesNotExist();
    }

    record Question(
            String tool_name,
            Map<String, Object> input,
            @Nullable String tool_use_id) {}

    private static final ToolServer GATE = ToolServer.of(
            "gate",
            Tool.of(
                    "decide",
                    "Decides",
                    Question.class,
                    question -> ToolResult.text(
                            String.valueOf(question.input().get("command")).contains("good")
                                    ? "{\"behavior\":\"allow\",\"updatedInput\":{\"command\":\"touch better\"}}"
                                    : "{\"behavior\":\"deny\",\"message\":\"not by this gate\"}")));

    @Test
    void aToolDecidesInPlaceOfAHandler() {
        api.reply(bash("touch good"), bash("touch bad"), Reply.text("done"));
        ClaudeOptions options = builder()
                .toolServer(GATE)
                .permissionPromptToolName("mcp__gate__decide")
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("go").text()).isEqualTo("done");
        }
        assertThat(made("better")).exists();
        assertThat(made("good")).doesNotExist();
        assertThat(made("bad")).doesNotExist();
        assertThat(api.lastRequest().messages().toString()).contains("not by this gate");
        assertThat(api.lastRequest().tools()).doesNotContain("mcp__gate__decide");
    }

    @Test
    void aToolThatIsNotThereDeniesAndEndsTheSession() {
        api.reply(bash("touch made"), Reply.text("done"));
        ClaudeOptions options =
                builder().permissionPromptToolName("mcp__gate__decide").build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            ProcessExitedException exit = catchThrowableOfType(ProcessExitedException.class, () -> session.query("go"));
            assertThat(exit.exitCode()).isEqualTo(1);
            assertThat(exit.stderrTail()).contains("mcp__gate__decide", "not found");
        }
        assertThat(made("made")).doesNotExist();
    }

    static Stream<Arguments> nobodyIsAsked() {
        return Stream.of(
                nobody("mode", b -> b.permissionMode(PermissionMode.DONT_ASK)),
                nobody("subcommandResults", b -> b.allowedTool("Bash").disallowedTool("Bash(touch:*)")),
                nobody("asyncAgent", b -> b.permissionPrompts(PermissionPrompts.NONE)),
                nobody(null, b -> b));
    }

    private static Arguments nobody(@Nullable String reason, UnaryOperator<ClaudeOptions.Builder> setters) {
        return Arguments.of(reason, setters);
    }

    @ParameterizedTest
    @MethodSource
    void nobodyIsAsked(@Nullable String reason, UnaryOperator<ClaudeOptions.Builder> setters) {
        api.reply(bash("touch made"), Reply.text("done"));
        List<Message> turn;
        try (ClaudeSession session = ClaudeSession.open(setters.apply(builder()).build())) {
            session.onMessage(heard::add);
            turn = session.stream("go").toList();
            Eventually.within(SOON, heard::toString, () -> heard.stream().anyMatch(PermissionDenied.class::isInstance));
        }
        assertThat(turn)
                .filteredOn(PermissionDenied.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(PermissionDenied.class, denied -> {
                    assertThat(denied.toolName()).isEqualTo("Bash");
                    assertThat(denied.toolUseId()).isNotBlank();
                    assertThat(denied.decisionReasonType()).isEqualTo(reason);
                    assertThat(denied.message()).isNotBlank();
                });
        assertThat(turn.getLast())
                .isInstanceOfSatisfying(
                        ResultMessage.class,
                        result -> assertThat(result.permissionDenials()).hasSize(1));
        assertThat(made("made")).doesNotExist();
    }

    @Test
    void aPromptThatAHookBlocksIsTold() {
        ClaudeOptions options = builder()
                .hooks(Hooks.builder()
                        .userPromptSubmit(input -> UserPromptSubmitOutput.block("not about that"))
                        .build())
                .build();
        List<Message> turn;
        try (ClaudeSession session = ClaudeSession.open(options)) {
            turn = session.stream("tell me").toList();
        }
        assertThat(turn)
                .filteredOn(InformationalMessage.class::isInstance)
                .singleElement()
                .isInstanceOfSatisfying(InformationalMessage.class, notice -> {
                    assertThat(notice.content()).contains("blocked by hook", "not about that");
                    assertThat(notice.level()).isEqualTo(NoticeLevel.WARNING);
                    assertThat(notice.preventContinuation()).isTrue();
                });
        assertThat(turn.getLast()).isInstanceOfSatisfying(ResultMessage.class, result -> {
            assertThat(result.isError()).isFalse();
            assertThat(result.text()).contains("not about that");
        });
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void aSessionThatIsClosedWhileAQuestionIsOpenRunsNothing() throws Exception {
        api.reply(Reply.text("ready"), bash("touch made"), Reply.text("later"));
        ClaudeSession session = openWithoutAnswer();
        String id = String.valueOf(session.query("hello").sessionId());
        CompletableFuture<Throwable> turn = going(session);
        await(asked);
        session.close();
        assertThat(turn.get(20, TimeUnit.SECONDS)).isInstanceOf(SessionClosedException.class);
        await(handlerEnded);
        assertNothingRan(id);
        assertThat(api.lastRequest().messages().toString()).contains("The tool use was rejected");
    }

    @Test
    void aProcessThatIsKilledWhileAQuestionIsOpenRunsNothing() throws Exception {
        api.reply(Reply.text("ready"), bash("touch made"), Reply.text("later"));
        String id;
        try (ClaudeSession session = openWithoutAnswer()) {
            id = String.valueOf(session.query("hello").sessionId());
            CompletableFuture<Throwable> turn = going(session);
            await(asked);
            assertThat(ProcessHandle.of(session.pid()).orElseThrow().destroyForcibly())
                    .isTrue();
            assertThat(turn.get(20, TimeUnit.SECONDS)).isInstanceOf(ProcessExitedException.class);
            await(handlerEnded);
        }
        assertNothingRan(id);
    }

    private ClaudeSession openWithoutAnswer() {
        return ClaudeSession.open(builder()
                .permissionHandler(request -> {
                    asked.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        handlerEnded.countDown();
                    }
                    return PermissionDecision.allow();
                })
                .build());
    }

    private static CompletableFuture<Throwable> going(ClaudeSession session) {
        return CompletableFuture.supplyAsync(
                () -> catchThrowableOfType(RuntimeException.class, () -> session.query("go")));
    }

    /** Also not when the conversation goes on. */
    private void assertNothingRan(String id) {
        try (ClaudeSession resumed = ClaudeSession.open(builder().resume(id).build())) {
            assertThat(resumed.query("and now?").text()).isEqualTo("later");
        }
        assertThat(Files.exists(made("made"))).isFalse();
        assertThat(api.lastRequest().messages().toString()).contains("and now?");
    }

    private Path made(String name) {
        return cwd.resolve(name);
    }
}
