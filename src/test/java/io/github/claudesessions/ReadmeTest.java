package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.FakeClaude;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The snippets of the README and of the main classes' Javadoc. */
@Timeout(30)
class ReadmeTest {
    @Test
    void query() {
        ClaudeOptions options = ClaudeOptions.builder()
                .transport(FakeClaude.create().answer("4"))
                .build();
        // @start region="query"
        ResultMessage result = Claude.query("What is 2 + 2?", options);
        String answer = result.text();
        double dollars = result.costUsd();
        // @end
        assertThat(answer).isEqualTo("4");
        assertThat(dollars).isNotNegative();
    }

    @Test
    void session() {
        FakeClaude claude = FakeClaude.create()
                .answer("Use a virtual thread for each task.")
                .turn(turn -> {
                    turn.textDeltas("Because ", "they are cheap.");
                    turn.result("Because they are cheap.");
                });
        StringBuilder printed = new StringBuilder();
        ClaudeOptions options = ClaudeOptions.builder()
                .includePartialMessages(true)
                .transport(claude)
                .build();
        // @start region="session"
        try (ClaudeSession session = ClaudeSession.open(options)) {
            ResultMessage first = session.query("How do I run 10,000 blocking tasks?");
            printed.append(first.text()).append('\n');
            try (Stream<String> deltas = session.streamText("Why?")) {
                deltas.forEach(printed::append);
            }
        }
        // @end
        assertThat(printed).hasToString("Use a virtual thread for each task.\nBecause they are cheap.");
    }

    @Test
    void fakeClaude() {
        // @start region="fake-claude"
        FakeClaude claude = FakeClaude.create().answer("four").turn(turn -> turn.apiError(529, "overloaded"));
        ClaudeOptions options = ClaudeOptions.builder().transport(claude).build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("What is 2 + 2?").text()).isEqualTo("four");
            assertThat(session.stream("And 3 + 3?")
                            .collect(Messages.finalResult())
                            .isError())
                    .isTrue();
        }
        assertThat(claude.running()).isZero();
        // @end
    }
}
