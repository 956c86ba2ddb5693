package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.PermissionPrompts;
import io.github.claudesessions.elicitation.ElicitationHandler;
import io.github.claudesessions.elicitation.ElicitationReply;
import io.github.claudesessions.elicitation.ElicitationRequest;
import io.github.claudesessions.error.ReentrantTurnException;
import io.github.claudesessions.hook.ElicitationAction;
import io.github.claudesessions.hook.ElicitationInput;
import io.github.claudesessions.hook.ElicitationMode;
import io.github.claudesessions.hook.ElicitationOutput;
import io.github.claudesessions.hook.ElicitationResultInput;
import io.github.claudesessions.hook.HookEvent;
import io.github.claudesessions.hook.HookSettings;
import io.github.claudesessions.hook.Hooks;
import io.github.claudesessions.message.ElicitationComplete;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.testing.Reply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an MCP server asks of the user, with the real CLI. */
@Timeout(90)
class ElicitationTest extends OnRealCli {
    private static final Map<String, Object> FORM = form(Map.of());
    private static final Map<String, Object> PAGE = Map.of(
            "mode", "url", "message", "Sign in", "url", "https://example.com/sign-in", "elicitationId", "sign-in-1");

    private final List<ElicitationRequest> asked = new CopyOnWriteArrayList<>();

    private static Map<String, Object> form(Map<String, ?> more) {
        Map<String, Object> schema = new LinkedHashMap<>(more);
        schema.put("type", "object");
        schema.put(
                "properties",
                Map.of(
                        "name",
                        Map.of("type", "string", "title", "Name", "maxLength", 40),
                        "age",
                        Map.of("type", "integer", "minimum", 0),
                        "size",
                        Map.of("type", "string", "enum", List.of("s", "l"), "enumNames", List.of("Small", "Large"))));
        schema.put("required", List.of("name"));
        return Map.of("message", "Who are you?", "requestedSchema", schema);
    }

    private ClaudeOptions.Builder withServer() {
        return withServer(ClaudeOptions.builder());
    }

    private ClaudeOptions.Builder withServer(ClaudeOptions.Builder options) {
        return options.env(api.environment())
                .cwd(cwd)
                .strictMcpConfig(true)
                .awaitMcpReady(Duration.ofSeconds(40))
                .mcpServer("echo", EchoMcpServer.stdio(AskingMcpServer.command()))
                .allowedTool("mcp__echo");
    }

    private ElicitationHandler noting(ElicitationReply reply) {
        return request -> {
            asked.add(request);
            return reply;
        };
    }

    /** Has the server ask in a turn; returns what it got. */
    private String ask(ClaudeSession session, Map<String, Object> question) {
        api.reply(Reply.toolUse("mcp__echo__ask", question), Reply.text("done"));
        session.query("go");
        return got();
    }

    private String got() {
        String last = String.valueOf(api.lastRequest().messages().getLast().get("content"));
        return last.replaceAll("(?s).*ANSWER (.*?)\\}\\],.*", "$1");
    }

    @Test
    void aFormIsFilledIn() {
        // @start region="handler"
        ElicitationHandler handler = request -> switch (request) {
            case ElicitationRequest.Form form -> ElicitationReply.accept(Map.of("name", "Ada"));
            case ElicitationRequest.Url page -> ElicitationReply.decline();
            case ElicitationRequest.Unknown unknown -> ElicitationReply.cancel();
        };
        ClaudeOptions options =
                ClaudeOptions.builder().elicitationHandler(handler).build();
        // @end
        try (ClaudeSession session =
                ClaudeSession.open(withServer(options.toBuilder()).build())) {
            assertThat(ask(session, FORM)).isEqualTo("{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}");
            assertThat(ask(session, PAGE)).isEqualTo("{\"action\":\"decline\"}");
        }
    }

    @Test
    void aFormComesWithWhatItAsksFor() {
        ClaudeOptions options = withServer()
                .elicitationHandler(noting(ElicitationReply.accept(Map.of("name", "Ada"))))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            ask(session, FORM);
        }
        assertThat(asked).singleElement().isInstanceOfSatisfying(ElicitationRequest.Form.class, form -> {
            assertThat(form.serverName()).isEqualTo("echo");
            assertThat(form.message()).isEqualTo("Who are you?");
            assertThat(form.requestedSchema()).isEqualTo(FORM.get("requestedSchema"));
            assertThat(form.display()).isEqualTo(ElicitationRequest.Display.NONE);
        });
    }

    @Test
    void aPageIsAgreedToAndTheServerSaysWhenItIsDone() {
        ClaudeOptions options = withServer()
                .elicitationHandler(noting(ElicitationReply.accept()))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            api.reply(Reply.toolUse("mcp__echo__ask", PAGE), Reply.text("done"));
            List<Message> messages = session.stream("go").toList();
            assertThat(messages)
                    .filteredOn(ElicitationComplete.class::isInstance)
                    .singleElement()
                    .isInstanceOfSatisfying(ElicitationComplete.class, done -> {
                        assertThat(done.mcpServerName()).isEqualTo("echo");
                        assertThat(done.elicitationId()).isEqualTo("sign-in-1");
                    });
            assertThat(got()).isEqualTo("{\"action\":\"accept\"}");
        }
        assertThat(asked).singleElement().isInstanceOfSatisfying(ElicitationRequest.Url.class, page -> {
            assertThat(page.message()).isEqualTo("Sign in");
            assertThat(page.url()).isEqualTo("https://example.com/sign-in");
            assertThat(page.elicitationId()).isEqualTo("sign-in-1");
        });
    }

    @Test
    void whatIsNotAnsweredIsDeclined() {
        try (ClaudeSession session = ClaudeSession.open(withServer().build())) {
            assertThat(ask(session, FORM)).isEqualTo("{\"action\":\"decline\"}");
        }
    }

    @Test
    void nobodyIsAskedWhenNobodyIsToBe() {
        ClaudeOptions options = withServer()
                .permissionPrompts(PermissionPrompts.NONE)
                .elicitationHandler(noting(ElicitationReply.decline()))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(ask(session, FORM)).isEqualTo("{\"action\":\"cancel\"}");
        }
        assertThat(asked).isEmpty();
    }

    /** The CLI itself passes on what breaks the schema, and refuses only values that no form can have. */
    @Test
    void valuesThatDoNotFitAreCancelledBeforeTheCliSeesThem() {
        AtomicReference<Map<String, Object>> values = new AtomicReference<>(Map.of());
        ClaudeOptions options = withServer()
                .elicitationHandler(request -> ElicitationReply.accept(values.get()))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            values.set(Map.of("name", "Ada", "age", -5));
            assertThat(ask(session, FORM)).isEqualTo("{\"action\":\"cancel\"}");

            Map<String, Object> notUnderstood = form(Map.of("fromTheFuture", true));
            assertThat(ask(session, notUnderstood)).contains("\"age\":-5");
            values.set(Map.of("name", Map.of("first", "Ada")));
            assertThat(ask(session, notUnderstood)).contains("Invalid elicitation result");
        }
    }

    @Test
    void anInterruptReachesTheHandler() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        ClaudeOptions options = withServer()
                .elicitationHandler(request -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                    return ElicitationReply.accept();
                })
                .build();
        api.reply(Reply.toolUse("mcp__echo__ask", FORM), Reply.text("next"));
        try (ClaudeSession session = ClaudeSession.open(options)) {
            Thread turn = Thread.startVirtualThread(() -> {
                try (var messages = session.stream("go")) {
                    messages.forEach(message -> {});
                }
            });
            await(begun);
            session.interrupt();
            await(interrupted);
            Eventually.within(SOON, () -> "the turn goes on", () -> !turn.isAlive());
        }
    }

    @Test
    void aHandlerMaySendControlRequestsButNoPrompt() {
        AtomicReference<ClaudeSession> own = new AtomicReference<>();
        AtomicReference<Throwable> refused = new AtomicReference<>();
        ClaudeOptions options = withServer()
                .elicitationHandler(request -> {
                    own.get().control("get_session_cost", Map.of());
                    try {
                        own.get().query("from inside");
                    } catch (RuntimeException e) {
                        refused.set(e);
                    }
                    return ElicitationReply.accept(Map.of("name", "Ada"));
                })
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            own.set(session);
            assertThat(ask(session, FORM)).contains("Ada");
        }
        assertThat(refused.get()).isInstanceOf(ReentrantTurnException.class);
    }

    private ElicitationHandler accepting() {
        return noting(ElicitationReply.accept(Map.of("name", "Ada")));
    }

    private String askWith(Hooks.Builder hooks) {
        ClaudeOptions options = withServer()
                .elicitationHandler(accepting())
                .hooks(hooks.build())
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            return ask(session, FORM);
        }
    }

    @Test
    void hooksSeeTheQuestionAndItsAnswer() {
        List<ElicitationInput> questions = new CopyOnWriteArrayList<>();
        List<ElicitationResultInput> answers = new CopyOnWriteArrayList<>();
        Hooks.Builder hooks = Hooks.builder()
                .on(HookEvent.ELICITATION, HookSettings.matching("echo"), input -> {
                    questions.add(input);
                    return ElicitationOutput.proceed();
                })
                .on(HookEvent.ELICITATION_RESULT, input -> {
                    answers.add(input);
                    return ElicitationOutput.proceed();
                });
        assertThat(askWith(hooks)).isEqualTo("{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}");
        assertThat(questions).singleElement().satisfies(question -> {
            assertThat(question.mcpServerName()).isEqualTo("echo");
            assertThat(question.message()).isEqualTo("Who are you?");
            assertThat(question.mode()).isEqualTo(ElicitationMode.FORM);
            assertThat(question.requestedSchema()).isEqualTo(FORM.get("requestedSchema"));
        });
        assertThat(answers).singleElement().satisfies(answer -> {
            assertThat(answer.mcpServerName()).isEqualTo("echo");
            assertThat(answer.mode()).isEqualTo(ElicitationMode.FORM);
            assertThat(answer.action()).isEqualTo(ElicitationAction.ACCEPT);
            assertThat(answer.content()).isEqualTo(Map.of("name", "Ada"));
        });
    }

    @Test
    void aHookThatDeclinesComesBeforeTheHandler() {
        assertThat(askWith(Hooks.builder().on(HookEvent.ELICITATION, input -> ElicitationOutput.decline())))
                .isEqualTo("{\"action\":\"decline\"}");
        assertThat(asked).isEmpty();
    }

    @Test
    void aHookThatFailsDeclines() {
        assertThat(askWith(Hooks.builder().on(HookEvent.ELICITATION, input -> {
                    throw new IllegalStateException("made up");
                })))
                .isEqualTo("{\"action\":\"decline\"}");
        assertThat(asked).isEmpty();
    }

    @Test
    void aHookTakesAnAnswerBack() {
        assertThat(askWith(Hooks.builder().on(HookEvent.ELICITATION_RESULT, input -> ElicitationOutput.decline())))
                .isEqualTo("{\"action\":\"decline\"}");
        assertThat(asked).hasSize(1);
    }
}
