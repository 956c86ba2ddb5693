package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.elicitation.ElicitationHandler;
import io.github.claudesessions.elicitation.ElicitationReply;
import io.github.claudesessions.elicitation.ElicitationRequest;
import io.github.claudesessions.testing.FakeClaude;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What elicitation handlers answer on the wire, and that dialogs which the host does not know are put aside. */
@Timeout(30)
class ElicitationAnswersTest {
    private static final Map<String, Object> CANCEL = Map.of("action", "cancel");
    private static final Map<String, Object> DECLINE = Map.of("action", "decline");
    private static final Map<String, Object> SCHEMA =
            Map.of("type", "object", "properties", Map.of("customer", Map.of("type", "string", "minLength", 2)));
    private static final Map<String, Object> FORM = Map.of(
            "mcp_server_name",
            "crm",
            "message",
            "Which customer?",
            "mode",
            "form",
            "requested_schema",
            SCHEMA,
            "title",
            "Customer",
            "new_field",
            1);
    private static final Map<String, Object> PAGE = Map.of(
            "mcp_server_name", "crm", "message", "Sign in", "mode", "url", "url", "https://example.com/?secret=1234");

    private final FakeClaude fake = FakeClaude.create();

    private Map<String, Object> ask(ElicitationHandler handler, Map<String, ?> request) {
        return Fakes.ask(fake, ClaudeOptions.builder().elicitationHandler(handler), "elicitation", request);
    }

    private ElicitationRequest told(Map<String, ?> request) {
        AtomicReference<ElicitationRequest> told = new AtomicReference<>();
        ask(
                asked -> {
                    told.set(asked);
                    return ElicitationReply.cancel();
                },
                request);
        return told.get();
    }

    private static Map<String, Object> with(Map<String, Object> request, String field, Object value) {
        Map<String, Object> copy = new LinkedHashMap<>(request);
        copy.put(field, value);
        return copy;
    }

    @Test
    void theAnswersOnTheWire() {
        assertThat(Fakes.ask(fake, ClaudeOptions.builder(), "elicitation", FORM))
                .isEqualTo(DECLINE);
        assertThat(ask(request -> ElicitationReply.decline(), FORM)).isEqualTo(DECLINE);
        assertThat(ask(request -> ElicitationReply.cancel(), FORM)).isEqualTo(CANCEL);
        assertThat(ask(request -> ElicitationReply.accept(Map.of("customer", "Ada")), FORM))
                .isEqualTo(Map.of("action", "accept", "content", Map.of("customer", "Ada")));
        assertThat(ask(request -> ElicitationReply.accept(), PAGE)).isEqualTo(Map.of("action", "accept"));
    }

    @Test
    void theHandlerIsToldAll() {
        assertThat(told(FORM)).isInstanceOfSatisfying(ElicitationRequest.Form.class, form -> {
            assertThat(form.serverName()).isEqualTo("crm");
            assertThat(form.message()).isEqualTo("Which customer?");
            assertThat(form.requestedSchema()).isEqualTo(SCHEMA);
            assertThat(form.display()).isEqualTo(new ElicitationRequest.Display("Customer", null, null));
            assertThat(form.raw()).containsEntry("new_field", 1);
        });
        assertThat(told(with(PAGE, "elicitation_id", "e-1")))
                .isInstanceOfSatisfying(ElicitationRequest.Url.class, page -> {
                    assertThat(page.url()).isEqualTo("https://example.com/?secret=1234");
                    assertThat(page.elicitationId()).isEqualTo("e-1");
                    assertThat(page).hasToString("Url[crm, e-1]");
                });
        assertThat(told(Map.of("mcp_server_name", "crm")))
                .isInstanceOfSatisfying(ElicitationRequest.Form.class, bare -> {
                    assertThat(bare.message()).isEmpty();
                    assertThat(bare.requestedSchema()).isEmpty();
                });
        assertThat(told(with(FORM, "mode", "hologram")))
                .isInstanceOfSatisfying(
                        ElicitationRequest.Unknown.class,
                        unknown -> assertThat(unknown.mode()).isEqualTo("hologram"));
    }

    @Test
    void whatGoesWrongCancels() {
        assertThat(ask(
                        request -> {
                            throw new StackOverflowError("made up");
                        },
                        FORM))
                .isEqualTo(CANCEL);
        assertThat(ask(
                        request -> {
                            throw new InterruptedException("by itself");
                        },
                        FORM))
                .isEqualTo(CANCEL);
        assertThat(ask(request -> ElicitationReply.accept(Map.of("customer", new Object())), FORM))
                .isEqualTo(CANCEL);
        assertThat(ask(request -> ElicitationReply.accept(Map.of("customer", "A")), FORM))
                .isEqualTo(CANCEL);
        assertThat(ask(request -> ElicitationReply.accept(Map.of("customer", "Ada")), PAGE))
                .isEqualTo(CANCEL);
    }

    @Test
    @SuppressWarnings("NullAway") // what a careless user does
    void nullCancels() {
        assertThat(ask(request -> null, FORM)).isEqualTo(CANCEL);
    }

    @Test
    void aHandlerThatIgnoresItsInterruptIsCancelledInTime() {
        CountDownLatch end = new CountDownLatch(1);
        ClaudeOptions.Builder options = ClaudeOptions.builder()
                .elicitationHandler(request -> {
                    while (end.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return ElicitationReply.accept();
                })
                .elicitationTimeout(Duration.ofMillis(50));
        try {
            assertThat(Fakes.ask(fake, options, "elicitation", FORM)).isEqualTo(CANCEL);
        } finally {
            end.countDown();
        }
    }

    @Test
    void aTimeLimitNeedsAHandler() {
        assertThatThrownBy(() -> ClaudeOptions.builder()
                        .elicitationTimeout(Duration.ofSeconds(1))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("elicitationHandler");
    }
}
