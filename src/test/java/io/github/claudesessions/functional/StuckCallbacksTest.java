package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.error.ReentrantTurnException;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.hook.HookEvent;
import io.github.claudesessions.hook.HookSettings;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.hook.PreToolUseOutput;
import io.github.claudesessions.permission.PermissionDecision;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import io.github.claudesessions.tool.Tool;
import io.github.claudesessions.tool.ToolAnnotations;
import io.github.claudesessions.tool.ToolResult;
import io.github.claudesessions.tool.ToolServer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A callback of each kind that takes long, throws, calls its own session, or never returns, on the real CLI. The model
 * always calls the tool {@code first}, which the callback is about, together with the tool {@code second}.
 */
@Timeout(90)
class StuckCallbacksTest extends OnRealCli {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    private static final String FIRST = "mcp__t__first";
    private static final String SECOND = "mcp__t__second";

    private final AtomicBoolean firstRan = new AtomicBoolean();
    private final CountDownLatch secondRan = new CountDownLatch(1);

    record Nothing() {}

    /** What a callback does before it agrees. */
    interface Body {
        void run() throws Exception;
    }

    /** Who calls the body, with a time limit. */
    enum Kind {
        TOOL("failed: IllegalStateException: made up", "did not finish within PT0.3S") {
            @Override
            ClaudeOptions.Builder calling(ClaudeOptions.Builder options, Body body, Duration limit) {
                return options.allowedTools(FIRST, SECOND);
            }
        },
        HOOK("a hook of the host failed", "a hook of the host failed") {
            @Override
            ClaudeOptions.Builder calling(ClaudeOptions.Builder options, Body body, Duration limit) {
                HookSettings settings = HookSettings.matching(FIRST).within(limit);
                return options.allowedTools(SECOND)
                        .hooks(Hooks.builder()
                                .on(HookEvent.PRE_TOOL_USE, settings, input -> {
                                    body.run();
                                    return PreToolUseOutput.allow();
                                })
                                .build());
            }
        },
        PERMISSION("the permission handler failed", "no decision in time") {
            @Override
            ClaudeOptions.Builder calling(ClaudeOptions.Builder options, Body body, Duration limit) {
                return options.allowedTools(SECOND).permissionTimeout(limit).permissionHandler(request -> {
                    body.run();
                    return PermissionDecision.allow();
                });
            }
        };

        final String answerWhenItThrows;
        final String answerWhenItIsLate;

        Kind(String answerWhenItThrows, String answerWhenItIsLate) {
            this.answerWhenItThrows = answerWhenItThrows;
            this.answerWhenItIsLate = answerWhenItIsLate;
        }

        abstract ClaudeOptions.Builder calling(ClaudeOptions.Builder options, Body body, Duration limit);
    }

    @BeforeEach
    void script() {
        api.replyWith(request -> {
            if (!asks(request, "go")) {
                return Reply.text(hasResults(request) ? "done" : "another turn");
            }
            return Reply.toolUse(FIRST, Map.of()).then(Reply.toolUse(SECOND, Map.of()));
        });
    }

    private static boolean hasResults(ApiRequest request) {
        return latest(request).contains("tool_result");
    }

    /** What is new for the model; the CLI may add messages of its own at any time, as about the date at midnight. */
    private static String latest(ApiRequest request) {
        return request.messages().reversed().stream()
                .takeWhile(message -> !"assistant".equals(message.get("role")))
                .toList()
                .toString();
    }

    private ClaudeSession open(Kind kind, Duration limit, Body body) {
        Tool first = tool("first", () -> {
                    if (kind == Kind.TOOL) {
                        body.run();
                    }
                    firstRan.set(true);
                })
                .timeLimit(limit);
        Tool second = tool("second", secondRan::countDown);
        ClaudeOptions.Builder options = builder().toolServer(ToolServer.of("t", first, second));
        return ClaudeSession.open(kind.calling(options, body, limit).build());
    }

    private static Tool tool(String name, Body body) {
        return Tool.of(name, "A tool", Nothing.class, (in, context) -> {
                    body.run();
                    return ToolResult.text(name + " has run");
                })
                .annotations(ToolAnnotations.none().readOnlyHint(true));
    }

    /** What the model was told of its two calls. */
    private String results() {
        return latest(api.requests().stream()
                .filter(StuckCallbacksTest::hasResults)
                .toList()
                .getLast());
    }

    @ParameterizedTest
    @EnumSource
    void nothingElseStallsWhileItTakesLong(Kind kind) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ClaudeSession session = open(kind, SOON, () -> {
            begun.countDown();
            await(release);
        })) {
            CompletableFuture<String> turn =
                    CompletableFuture.supplyAsync(() -> session.query("go").text());
            await(begun);
            await(secondRan);
            assertThat(Eventually.time(() -> session.control("get_session_cost", Map.of())))
                    .isLessThan(AT_ONCE);
            try (ClaudeSession other = open()) {
                assertThat(other.query("of another session").text()).isEqualTo("another turn");
            }
            assertThat(turn).isNotDone();
            assertThat(firstRan).isFalse();
            release.countDown();
            assertThat(turn.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("done");
        }
        assertThat(results()).contains("first has run", "second has run").doesNotContain("is_error=true");
    }

    @ParameterizedTest
    @EnumSource
    void itThrows(Kind kind) {
        try (ClaudeSession session = open(kind, SOON, () -> {
            throw new IllegalStateException("made up");
        })) {
            assertThat(session.query("go").text()).isEqualTo("done");
            assertThat(session.query("next").text()).isEqualTo("another turn");
        }
        assertThat(results()).contains(kind.answerWhenItThrows, "is_error=true", "second has run");
        assertThat(firstRan).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void itControlsItsSessionButGivesItNoPrompt(Kind kind) {
        AtomicReference<ClaudeSession> own = new AtomicReference<>();
        AtomicReference<Throwable> refused = new AtomicReference<>();
        try (ClaudeSession session = open(kind, SOON, () -> {
            own.get().control("get_session_cost", Map.of());
            own.get().setModel("claude-sonnet-4-5");
            try {
                own.get().query("from inside");
            } catch (RuntimeException e) {
                refused.set(e);
            }
        })) {
            own.set(session);
            assertThat(session.query("go").text()).isEqualTo("done");
        }
        assertThat(refused.get()).isInstanceOf(ReentrantTurnException.class);
        assertThat(api.lastRequest().model()).isEqualTo("claude-sonnet-4-5");
        assertThat(results()).contains("first has run", "second has run");
    }

    /** It may be interrupted itself before it has the receipt: the CLI does not want its answer any more. */
    @ParameterizedTest
    @EnumSource
    void itInterruptsItsOwnTurn(Kind kind) throws Exception {
        AtomicReference<ClaudeSession> own = new AtomicReference<>();
        CountDownLatch over = new CountDownLatch(1);
        try (ClaudeSession session = open(kind, SOON, () -> {
            try {
                own.get().interrupt();
            } finally {
                over.countDown();
            }
        })) {
            own.set(session);
            assertThatThrownBy(() -> session.query("go"))
                    .isInstanceOf(TurnFailedException.class)
                    .hasMessage("the turn was interrupted");
            await(over);
            assertThat(session.query("next").isError()).isFalse();
            assertThat(asks(api.lastRequest(), "next")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void itClosesItsOwnSession(Kind kind) throws Exception {
        AtomicReference<ClaudeSession> own = new AtomicReference<>();
        CountDownLatch closed = new CountDownLatch(1);
        try (ClaudeSession session = open(kind, SOON, () -> {
            own.get().close();
            closed.countDown();
        })) {
            own.set(session);
            assertThatThrownBy(() -> session.query("go")).isInstanceOf(SessionClosedException.class);
            await(closed);
            assertThat(Processes.of(api)).isEmpty();
            assertThatThrownBy(() -> session.query("next")).isInstanceOf(SessionClosedException.class);
        }
        assertThat(kind != Kind.TOOL && firstRan.get()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void itNeverReturns(Kind kind) {
        CountDownLatch interrupted = new CountDownLatch(1);
        try (ClaudeSession session = open(kind, Duration.ofMillis(300), () -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        })) {
            assertThat(session.query("go").text()).isEqualTo("done");
            await(interrupted);
            assertThat(session.query("next").text()).isEqualTo("another turn");
        }
        assertThat(results()).contains(kind.answerWhenItIsLate, "is_error=true", "second has run");
        assertThat(firstRan).isFalse();
    }
}
