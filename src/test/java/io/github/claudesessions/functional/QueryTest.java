package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.Reply;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The main job on the real CLI. */
@Timeout(60)
class QueryTest extends OnRealCli {
    private final ClaudeOptions options =
            ClaudeOptions.builder().env(api.environment()).build();

    @Test
    void oneShot() {
        api.reply(Reply.text("4"));
        ResultMessage result = Claude.query("What is 2 + 2?", options);
        assertThat(result.text()).isEqualTo("4");
        assertThat(result.costUsd()).isPositive();
    }

    @Test
    void streamsText() {
        api.reply(Reply.text("Hel", "lo"));
        try (Stream<String> text = Claude.streamText("Say hello", options)) {
            assertThat(text).containsExactly("Hel", "lo");
        }
    }

    @Test
    void conversation() {
        api.reply(Reply.text("one"), Reply.text("two"), Reply.text("three"));
        try (ClaudeSession session = ClaudeSession.open(options)) {
            assertThat(session.query("1").text()).isEqualTo("one");
            assertThat(session.query("2").text()).isEqualTo("two");
            assertThat(session.streamText("3")).containsExactly("three");
            assertThat(api.lastRequest().messages().toString()).contains("one", "two");
        }
    }
}
