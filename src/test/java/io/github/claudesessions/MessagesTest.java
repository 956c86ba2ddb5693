package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.testing.FakeClaude;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MessagesTest {
    @Test
    void snippet() {
        ClaudeOptions options = ClaudeOptions.builder()
                .transport(FakeClaude.create().answer("one").answer("two"))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            // @start region="messages"
            List<String> texts =
                    session.stream("Say one").flatMap(Messages.text()).toList();
            TurnSummary summary = session.stream("Say two").collect(Messages.summary());
            // @end
            assertThat(texts).containsExactly("one");
            assertThat(summary.text()).isEqualTo("two");
        }
    }
}
