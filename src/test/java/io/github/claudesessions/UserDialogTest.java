package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.dialog.UserDialogHandler;
import io.github.claudesessions.dialog.UserDialogReply;
import io.github.claudesessions.dialog.UserDialogRequest;
import io.github.claudesessions.testing.FakeClaude;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dialogs that the CLI asks its host to show. */
@Timeout(60)
class UserDialogTest {
    private static final Map<String, Object> DIALOG =
            Map.of("dialog_kind", "pick", "payload", Map.of("options", List.of("a", "b")), "tool_use_id", "toolu_1");
    private static final Map<String, Object> CANCELLED = Map.of("behavior", "cancelled");

    private final FakeClaude fake = FakeClaude.create();

    private Map<String, Object> ask(UserDialogHandler handler) {
        ClaudeOptions.Builder options =
                ClaudeOptions.builder().userDialogHandler(handler).supportedDialogKinds("pick");
        return Fakes.ask(fake, options, "request_user_dialog", DIALOG);
    }

    @Test
    void aDialogIsShownAndAnswered() {
        AtomicReference<UserDialogRequest> shown = new AtomicReference<>();
        // @start region="handler"
        UserDialogHandler handler = request -> request.kind().equals("pick")
                ? UserDialogReply.completed(Map.of("choice", "b"))
                : UserDialogReply.cancelled();
        // @end
        assertThat(ask(request -> {
                    shown.set(request);
                    return handler.answer(request);
                }))
                .isEqualTo(Map.of("behavior", "completed", "result", Map.of("choice", "b")));
        assertThat(shown.get())
                .isEqualTo(new UserDialogRequest("pick", Map.of("options", List.of("a", "b")), Optional.of("toolu_1")))
                .hasToString("UserDialogRequest[pick]");
        assertThat(fake.received())
                .first()
                .extracting("request")
                .extracting("supportedDialogKinds")
                .isEqualTo(List.of("pick"));
    }

    @Test
    void theUserMayCloseIt() {
        assertThat(ask(request -> UserDialogReply.cancelled())).isEqualTo(CANCELLED);
    }

    @Test
    @SuppressWarnings("NullAway") // what a careless user does
    void whatGoesWrongCancels() {
        assertThat(ask(request -> null)).isEqualTo(CANCELLED);
        assertThat(ask(request -> {
                    throw new IllegalStateException("no screen");
                }))
                .isEqualTo(CANCELLED);
    }

    @Test
    void withoutAHandlerItIsLeftToTheCli() {
        assertThat(Fakes.ask(fake, ClaudeOptions.builder(), "request_user_dialog", DIALOG))
                .isEqualTo(CANCELLED);
        assertThat(fake.received().getFirst().toString()).doesNotContain("supportedDialogKinds");
    }

    @Test
    void kindsNeedAHandler() {
        assertThatThrownBy(() ->
                        ClaudeOptions.builder().supportedDialogKinds("pick").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("supportedDialogKinds must come with a userDialogHandler, was [pick]");
    }
}
