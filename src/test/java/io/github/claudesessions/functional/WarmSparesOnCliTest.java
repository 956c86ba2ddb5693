package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.WarmSpares;
import io.github.claudesessions.testing.Reply;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions on processes that were ready before. */
@Timeout(120)
class WarmSparesOnCliTest extends OnRealCli {
    private static final int TIMES = 5;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void spareProcessesAnswerSoonerAndEachInAConversationOfItsOwn() {
        api.replyWith(request -> Reply.text("hello"));
        ClaudeOptions options = builder().build();
        Set<String> ids = new HashSet<>();
        Claude.query("first", options);
        Duration cold = LIMIT;
        for (int i = 0; i < TIMES; i++) {
            cold = shorter(cold, Eventually.time(() -> ids.add(ask(options))));
        }
        Duration warm = LIMIT;
        try (WarmSpares spares = WarmSpares.of(options, 1)) {
            for (int i = 0; i < TIMES; i++) {
                assertThat(spares.awaitReady(LIMIT)).isTrue();
                warm = shorter(warm, Eventually.time(() -> ids.add(ask(options))));
            }
        }
        System.out.printf(
                "a query at best: %d ms on a new process, %d ms on a spare one (1 : %.1f)%n",
                cold.toMillis(), warm.toMillis(), (double) cold.toNanos() / warm.toNanos());
        assertThat(ids).hasSize(2 * TIMES);
        assertThat(warm).isLessThan(cold);
        assertThat(api.requests())
                .allSatisfy(request -> assertThat(request.messages().toString()).doesNotContain("hello"));
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static String ask(ClaudeOptions options) {
        return Claude.query("hi", options).sessionId();
    }

    @Test
    void aSpareThatWasKilledIsNotHandedOut() {
        api.replyWith(request -> Reply.text("hello"));
        ClaudeOptions options = builder().build();
        try (WarmSpares spares = WarmSpares.of(options, 1)) {
            assertThat(spares.awaitReady(LIMIT)).isTrue();
            Processes.of(api).stream()
                    .filter(pid -> ProcessHandle.of(pid).isPresent())
                    .forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
            try (ClaudeSession session = ClaudeSession.open(options)) {
                assertThat(session.query("hi").text()).isEqualTo("hello");
            }
        }
    }

    /** The README's. */
    @Test
    void poolOfAnApplication() {
        api.replyWith(request -> Reply.text("hello"));
        // @start region="warm"
        ClaudeOptions options = builder().model("sonnet").build();
        try (WarmSpares spares = WarmSpares.of(options, 1)) {
            spares.awaitReady(Duration.ofSeconds(60)); // or let it fill while the application starts
            String answer = Claude.query("Say hello.", options).text();
            assertThat(answer).isEqualTo("hello");
        }
        // @end
    }
}
