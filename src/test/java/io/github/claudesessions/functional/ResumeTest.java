package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.error.SessionInUseException;
import io.github.claudesessions.error.SessionNotFoundException;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.Reply;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A conversation that goes on in another process. */
@Timeout(60)
class ResumeTest extends OnRealCli {
    @Test
    void resumedWithItsIdAndForkedWithANewOne() {
        String id = newId();
        api.reply(Reply.text("I keep it"), Reply.text("blue"), Reply.text("blue, says the fork"));
        assertThat(Claude.query("my colour is blue", builder().sessionId(id).build())
                        .sessionId())
                .isEqualTo(id);

        try (ClaudeSession resumed = resume(id)) {
            assertThat(resumed.sessionId()).contains(id);
            assertThat(resumed.query("which colour?").sessionId()).isEqualTo(id);
            assertThat(context()).containsSubsequence("my colour is blue", "I keep it", "which colour?");

            // a fork leaves the original alone, so the original may be open
            ClaudeOptions forking = builder().resume(id).forkSession(true).build();
            try (ClaudeSession fork = ClaudeSession.open(forking)) {
                String forked = fork.sessionId().orElseThrow();
                assertThat(forked).isNotEqualTo(id);
                assertThat(fork.query("and here?").sessionId()).isEqualTo(forked);
                assertThat(context()).containsSubsequence("my colour is blue", "which colour?", "blue", "and here?");
            }
        }
    }

    @Test
    void resumedAtOnceAfterAOneShot() {
        api.reply(Reply.text("one"), Reply.text("two"), Reply.text("three"));
        ResultMessage first = Claude.query("1", builder().build());
        ResultMessage second = Claude.query("2", resuming(first.sessionId()));
        ResultMessage third = Claude.query("3", resuming(second.sessionId()));
        assertThat(third.sessionId()).isEqualTo(first.sessionId());
        assertThat(context()).containsSubsequence("one", "two");
    }

    @Test
    void anIdThatDoesNotExistIsKnownQuickly() {
        String id = newId();
        Duration time = Eventually.time(() -> {
            SessionNotFoundException failure = catchThrowableOfType(SessionNotFoundException.class, () -> resume(id));
            assertThat(failure.sessionId()).isEqualTo(id);
            assertThat(failure.errors()).isNotEmpty();
        });
        assertThat(time).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void anIdThatIsOpenHereCanNotBeOpenedAgain() {
        api.reply(Reply.text("one"), Reply.text("two"));
        String id = newId();
        try (ClaudeSession session = ClaudeSession.open(builder().sessionId(id).build())) {
            session.query("1");
            assertThatExceptionOfType(SessionInUseException.class).isThrownBy(() -> resume(id));
            assertThatExceptionOfType(SessionInUseException.class)
                    .isThrownBy(() -> resume(id.toUpperCase(Locale.ROOT)));
            assertThat(session.query("2").text()).isEqualTo("two");
        }
    }

    @Test
    void anIdThatExistsOnDiskIsNotGivenToANewConversation() {
        String id = newId();
        api.reply(Reply.text("one"));
        ClaudeOptions options = builder().sessionId(id).build();
        Claude.query("1", options);
        assertThatExceptionOfType(SessionInUseException.class)
                .isThrownBy(() -> ClaudeSession.open(options))
                .withMessageContaining("resume");
    }

    @Test
    void continuesTheLatestConversationOfTheFolder() {
        api.reply(Reply.text("one"), Reply.text("two"));
        ResultMessage first = Claude.query("1", builder().build());
        try (ClaudeSession latest =
                ClaudeSession.open(builder().continueConversation(true).build())) {
            assertThat(latest.sessionId()).isEmpty();
            assertThat(latest.query("2").sessionId()).isEqualTo(first.sessionId());
            assertThat(latest.sessionId()).contains(String.valueOf(first.sessionId()));
            assertThat(context()).containsSubsequence("one", "2");
            assertThatExceptionOfType(SessionInUseException.class)
                    .isThrownBy(() -> resume(String.valueOf(first.sessionId())));
        }
    }

    @Test
    void anUnsavedConversationLeavesNothingToResume() {
        api.reply(Reply.text("forget me"));
        ResultMessage result = Claude.query("1", builder().persistSession(false).build());
        assertThatExceptionOfType(SessionNotFoundException.class)
                .isThrownBy(() -> resume(String.valueOf(result.sessionId())));
    }

    @Test
    void aResumedConversationFollowsItsNewPrompt() {
        api.replyWith(request -> Reply.text("ok"));
        String id = newId();
        Claude.query("1", builder().systemPrompt("be slow").sessionId(id).build());
        ClaudeOptions changed =
                resuming(id).toBuilder().systemPrompt("be quick").build();
        Claude.query("2", changed.toBuilder().systemPromptSnapshot(true).build());
        assertThat(api.lastRequest().system()).contains("be slow").doesNotContain("be quick");
        Claude.query("3", changed);
        assertThat(api.lastRequest().system()).contains("be quick").doesNotContain("be slow");
    }

    private ClaudeSession resume(String id) {
        return ClaudeSession.open(resuming(id));
    }

    private ClaudeOptions resuming(String id) {
        return builder().resume(id).build();
    }
}
