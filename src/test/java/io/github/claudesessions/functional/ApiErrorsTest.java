package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Health;
import io.github.claudesessions.InheritEnv;
import io.github.claudesessions.error.SessionClosedException;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.error.TurnFailedException.Reason;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the API refuses reaches the caller with its status, and the session goes on. */
@Timeout(60)
class ApiErrorsTest extends OnRealCli {
    @Test
    void anErrorHasItsStatusAndTheSessionGoesOn() {
        api.reply(
                Reply.error(400, "invalid_request_error", "the prompt is odd"),
                Reply.error(529, "overloaded_error", "too many of you"),
                Reply.error(401, "authentication_error", "no such key"),
                Reply.text("fine"));
        try (ClaudeSession session = open()) {
            TurnFailedException odd = failure(session);
            assertThat(odd.reason()).isEqualTo(Reason.API_ERROR);
            assertThat(odd.apiErrorStatus()).hasValue(400);
            assertThat(odd).hasMessageContaining("the prompt is odd");
            assertThat(odd.result().isError()).isTrue();

            TurnFailedException overloaded = failure(session);
            assertThat(overloaded.reason()).isEqualTo(Reason.API_ERROR);
            assertThat(overloaded.apiErrorStatus()).hasValue(529);

            TurnFailedException refused = failure(session);
            assertThat(refused.reason()).isEqualTo(Reason.AUTHENTICATION);
            assertThat(refused.apiErrorStatus()).hasValue(401);

            assertThat(session.query("and now?").text()).isEqualTo("fine");
        }
    }

    @Test
    void aKeyThatTheApiRefusesIsNotTriedForMinutes() {
        api.replyWith(request ->
                Reply.error(401, "authentication_error", "no such key").retryable());
        try (ClaudeSession session = open()) {
            Duration time = Eventually.time(() -> {
                TurnFailedException refused = failure(session);
                assertThat(refused.reason()).isEqualTo(Reason.AUTHENTICATION);
                assertThat(refused).hasMessageContaining("ANTHROPIC_API_KEY");
            });
            assertThat(time).isLessThan(SOON);

            api.replyWith(request -> Reply.text("fine"));
            assertThat(session.query("and now?").text()).isEqualTo("fine");
        }
    }

    @Test
    void withoutCredentialsTheErrorSaysHowToGetSome() {
        Map<String, String> keyless = new HashMap<>(api.environment());
        keyless.remove("ANTHROPIC_API_KEY");
        ClaudeOptions options =
                builder().inheritEnv(InheritEnv.only("PATH")).env(keyless).build();
        TurnFailedException refused =
                catchThrowableOfType(TurnFailedException.class, () -> Claude.query("hello", options));
        assertThat(refused.reason()).isEqualTo(Reason.AUTHENTICATION);
        assertThat(refused).hasMessageContaining("apiKey").hasMessageContaining("ANTHROPIC_API_KEY");
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void aSessionWhoseApiIsRetriedIsDegradedAndClosesQuickly() {
        api.replyWith(request ->
                Reply.error(529, "overloaded_error", "too many of you").retryable());
        ClaudeSession session = open();
        CompletableFuture<ResultMessage> waiting = async(() -> session.query("hello"));
        Eventually.within(SOON, session::toString, () -> session.health() instanceof Health.Degraded);
        assertThat(Eventually.time(session::close)).isLessThan(Duration.ofSeconds(5));
        assertThat(waiting.handle((result, failure) -> failure).join())
                .hasCauseInstanceOf(SessionClosedException.class);
    }

    @Test
    void aRetryThatSucceedsIsNoError() {
        api.reply(Reply.error(529, "overloaded_error", "too many of you").retryable(), Reply.text("second try"));
        assertThat(Claude.query("hello", builder().build()).text()).isEqualTo("second try");
    }

    @Test
    void anAnswerThatBrokeOffComesInOnePieceThen() {
        CountDownLatch seen = new CountDownLatch(1);
        api.reply(Reply.text("Half ", "of it").pauseAfter(1, seen).dropAfter(1), Reply.text("The ", "whole."));
        List<String> texts = new ArrayList<>();
        try (Stream<String> text =
                Claude.streamText("hello", builder().maxRetries(0).build())) {
            text.forEach(piece -> {
                texts.add(piece);
                seen.countDown();
            });
        }
        assertThat(texts).containsExactly("Half ", "The whole.");
        assertThat(api.lastRequest().streaming()).isFalse();
    }

    private static TurnFailedException failure(ClaudeSession session) {
        return catchThrowableOfType(TurnFailedException.class, () -> session.query("hello"));
    }
}
