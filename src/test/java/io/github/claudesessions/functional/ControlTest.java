package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Health;
import io.github.claudesessions.Registration;
import io.github.claudesessions.error.ControlException;
import io.github.claudesessions.error.ReentrantTurnException;
import io.github.claudesessions.message.InitMessage;
import io.github.claudesessions.message.Message;
import io.github.claudesessions.message.PermissionMode;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.ApiRequest;
import io.github.claudesessions.testing.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a host can ask of a running session, and what the session tells unasked. */
@Timeout(60)
class ControlTest extends OnRealCli {
    private ClaudeSession session;

    @BeforeEach
    void start() {
        session = ClaudeSession.open(
                builder().permissionMode(PermissionMode.ACCEPT_EDITS).build());
        api.replyWith(request -> Reply.text("answer"));
    }

    @AfterEach
    void end() {
        session.close();
    }

    @Test
    void theModelOfTheNextTurns() {
        String usual = model();
        session.setModel("claude-haiku-4-5");
        assertThat(model()).isEqualTo("claude-haiku-4-5").isNotEqualTo(usual);
        session.setModel(null);
        assertThat(model()).isEqualTo(usual);
    }

    @Test
    void thePermissionModeOfTheNextTurns() {
        assertThat(mode()).isEqualTo(PermissionMode.ACCEPT_EDITS);
        session.setPermissionMode(PermissionMode.PLAN);
        assertThat(mode()).isEqualTo(PermissionMode.PLAN);

        ControlException refused = catchThrowableOfType(
                ControlException.class, () -> session.setPermissionMode(PermissionMode.BYPASS_PERMISSIONS));
        assertThat(refused.subtype()).isEqualTo("set_permission_mode");
        assertThat(refused.error()).isNotBlank();
        assertThatExceptionOfType(ControlException.class)
                .isThrownBy(() -> session.setPermissionMode(new PermissionMode("anarchy")));
        assertThat(mode()).isEqualTo(PermissionMode.PLAN);
    }

    @Test
    void anyControlRequest() {
        assertThat(session.serverInfo().models()).isNotEmpty();
        assertThat(session.serverInfo().commands()).isNotEmpty();
        assertThat(session.models()).isNotEmpty();
        assertThat(session.control("get_context_usage", Map.of())).containsKey("totalTokens");
        assertThat(session.control("mcp_status", Map.of())).containsKey("mcpServers");

        ControlException unknown =
                catchThrowableOfType(ControlException.class, () -> session.control("levitate", Map.of("height", 3)));
        assertThat(unknown.subtype()).isEqualTo("levitate");
        assertThat(unknown.errorCode()).isEqualTo("unsupported_request");
        assertThat(session.query("still there?").text()).isEqualTo("answer");
        assertThat(session.health()).isInstanceOf(Health.Healthy.class);
    }

    @Test
    void controlRequestsAreAnsweredDuringATurn() throws Exception {
        CountDownLatch answered = new CountDownLatch(1);
        api.reply(Reply.text("a", "b").pauseAfter(1, answered));
        List<String> letters = new CopyOnWriteArrayList<>();
        // on the reader's thread, and in the middle of its turn
        session.streamText("letters").forEach(letter -> {
            letters.add(letter);
            assertThat(session.control("mcp_status", Map.of())).isNotEmpty();
            answered.countDown();
        });
        assertThat(letters).containsExactly("a", "b");
    }

    @Test
    void aReaderCanNotStartATurnWithinItsTurn() {
        api.reply(Reply.text("a"));
        session.streamText("letters")
                .forEach(letter -> assertThatExceptionOfType(ReentrantTurnException.class)
                        .isThrownBy(() -> session.query("nested")));
        assertThat(session.query("after").text()).isEqualTo("answer");
    }

    @Test
    void listenersHearEverythingUntilTheyAreRemoved() throws Exception {
        List<Message> heard = new CopyOnWriteArrayList<>();
        CompletableFuture<Throwable> nested = new CompletableFuture<>();
        Registration throwing = session.onMessage(message -> {
            throw new IllegalStateException("a listener's own failure");
        });
        Registration listener = session.onMessage(message -> {
            heard.add(message);
            if (message instanceof ResultMessage) {
                nested.complete(
                        catchThrowableOfType(ReentrantTurnException.class, () -> session.query("from a callback")));
            }
        });
        session.query("hello");
        assertThat(nested.get(SOON.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        assertThat(heard).hasAtLeastOneElementOfType(InitMessage.class);

        listener.close();
        throwing.close();
        session.query("hello again");
        assertThat(heard.stream().filter(ResultMessage.class::isInstance)).hasSize(1);
    }

    private String model() {
        session.query("which model?");
        ApiRequest request = api.lastRequest();
        return request.model();
    }

    private PermissionMode mode() {
        return session.stream("which mode?")
                .filter(InitMessage.class::isInstance)
                .map(InitMessage.class::cast)
                .toList()
                .getLast()
                .permissionMode();
    }
}
