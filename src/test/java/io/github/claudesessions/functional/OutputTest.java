package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.error.StructuredOutputException;
import io.github.claudesessions.error.StructuredOutputException.Reason;
import io.github.claudesessions.error.TurnFailedException;
import io.github.claudesessions.testing.Reply;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Structured output on the real CLI. */
@Timeout(60)
class OutputTest extends OnRealCli {
    private final ClaudeOptions options =
            ClaudeOptions.builder().env(api.environment()).build();

    // @start region="output"
    enum Priority {
        LOW,
        HIGH
    }

    record Todo(String text, Priority priority, Optional<LocalDate> due) {}

    record Todos(List<Todo> items) {}

    static List<Todo> plan(ClaudeOptions options) {
        return Claude.query("What is left to do?", Todos.class, options).items();
    }
    // @end

    sealed interface Shape {}

    record Circle(double radius) implements Shape {}

    record Square(double side) implements Shape {}

    record Kinds(Instant at, Duration length, UUID id, URI uri, BigDecimal price, Map<String, Integer> counts) {}

    private static Reply output(Map<String, ?> output) {
        return Reply.toolUse("StructuredOutput", output);
    }

    private static final Map<String, ?> VALID =
            Map.of("items", List.of(Map.of("text", "a", "priority", "HIGH", "due", "2026-01-02")));

    @Test
    void validOutputIsBound() {
        api.reply(output(VALID));
        assertThat(plan(options)).containsExactly(new Todo("a", Priority.HIGH, Optional.of(LocalDate.of(2026, 1, 2))));
        assertThat(api.requests().getFirst().tools()).contains("StructuredOutput");
    }

    @Test
    void sealedTypesAndFormats() {
        api.reply(output(Map.of("value", Map.of("type", "Square", "side", 2))));
        assertThat(Claude.query("?", Shape.class, options)).isEqualTo(new Square(2));
        Kinds kinds = new Kinds(
                Instant.parse("2026-01-02T03:04:05Z"),
                Duration.ofHours(1),
                UUID.fromString("6f1c2f0e-0000-4000-8000-00000000000a"),
                URI.create("https://example.com/"),
                new BigDecimal("1.5"),
                Map.of("a", 1));
        api.reply(output(Map.of(
                "at",
                kinds.at().toString(),
                "length",
                "PT1H",
                "id",
                kinds.id().toString(),
                "uri",
                kinds.uri().toString(),
                "price",
                1.5,
                "counts",
                Map.of("a", 1))));
        assertThat(Claude.query("?", Kinds.class, options)).isEqualTo(kinds);
    }

    @Test
    void missingOutputSaysSoWithTheResult() {
        api.reply(Reply.text("I would rather not"), Reply.text("Still not"));
        assertThatThrownBy(() -> Claude.query("?", Todos.class, options))
                .isInstanceOfSatisfying(StructuredOutputException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.MISSING);
                    assertThat(e.result().text()).isEqualTo("Still not");
                });
    }

    @Test
    void invalidOutputSaysWhyWithTheResult() {
        Reply invalid = output(Map.of("items", "none"));
        api.reply(invalid, invalid, invalid, invalid, invalid);
        assertThatThrownBy(() -> Claude.query("?", Todos.class, options))
                .isInstanceOfSatisfying(StructuredOutputException.class, e -> {
                    assertThat(e.reason()).isEqualTo(Reason.INVALID);
                    assertThat(e.problem()).contains("/items: must be array");
                    assertThat(e.result().isError()).isTrue();
                });
    }

    @Test
    void theModelMayCorrectItselfWithinTheTurn() {
        api.reply(output(Map.of("items", "none")), output(VALID));
        assertThat(Claude.query("?", Todos.class, options).items()).hasSize(1);
    }

    @Test
    void oneRepairTurnIfWanted() {
        ClaudeOptions repairing = options.toBuilder().outputRepair(true).build();
        api.reply(Reply.text("no"), Reply.text("no"), output(VALID));
        assertThat(Claude.query("?", Todos.class, repairing).items()).hasSize(1);
        assertThat(api.lastRequest().lastUserText()).contains("it has no structured output");

        api.reply(Reply.text("no"), Reply.text("no"), Reply.text("no"), Reply.text("no"));
        assertThatThrownBy(() -> Claude.query("?", Todos.class, repairing))
                .isInstanceOf(StructuredOutputException.class);
        assertThat(api.unusedReplies()).isZero();
    }

    @Test
    void aSessionDeliversTheTypeOfItsOptions() {
        api.reply(output(VALID), output(Map.of("items", List.of())), Reply.error(400, "invalid_request_error", "bad"));
        ClaudeOptions typed = options.toBuilder().outputSchema(Todos.class).build();
        try (ClaudeSession session = ClaudeSession.open(typed)) {
            assertThat(session.query("1", Todos.class).items()).hasSize(1);
            assertThat(session.query("2").structuredOutputAs(Todos.class).items())
                    .isEmpty();
            assertThatThrownBy(() -> session.query("3", Shape.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("outputSchema");
            assertThatThrownBy(() -> session.query("4", Todos.class)).isInstanceOf(TurnFailedException.class);
        }
        try (ClaudeSession untyped = ClaudeSession.open(options)) {
            assertThatThrownBy(() -> untyped.query("?", Todos.class))
                    .hasMessageContaining("must have outputSchema(Todos.class)");
        }
    }

    /** The CLI gives up at the fifth attempt that does not fit. */
    @Test
    void attemptsAreCountedAnewForEachPromptAndAfterAResume() {
        Reply invalid = output(Map.of("items", "none"));
        ClaudeOptions typed = options.toBuilder().outputSchema(Todos.class).build();
        String id;
        try (ClaudeSession session = ClaudeSession.open(typed)) {
            id = session.sessionId().orElseThrow();
            for (int prompt = 0; prompt < 2; prompt++) {
                api.reply(invalid, invalid, invalid, invalid, output(VALID));
                assertThat(session.query("?", Todos.class).items()).hasSize(1);
            }
        }
        api.reply(invalid, invalid, invalid, invalid, output(VALID));
        try (ClaudeSession resumed =
                ClaudeSession.open(typed.toBuilder().resume(id).build())) {
            assertThat(resumed.query("?", Todos.class).items()).hasSize(1);
        }
        assertThat(api.unusedReplies()).isZero();
    }

    @Test
    void aSchemaOfYourOwn() {
        api.reply(output(Map.of("n", 3)));
        ClaudeOptions own = options.toBuilder()
                .outputSchema(Map.of(
                        "type",
                        "object",
                        "properties",
                        Map.of("n", Map.of("type", "integer")),
                        "required",
                        List.of("n")))
                .build();
        assertThat(Claude.query("?", own).structuredOutput()).isEqualTo(Map.of("n", 3));
    }
}
