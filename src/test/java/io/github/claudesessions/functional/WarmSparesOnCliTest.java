package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.Claude;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Health;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.WarmSpares;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions on processes that were ready before. */
@Timeout(120)
class WarmSparesOnCliTest extends OnRealCli {
    private static final int TIMES = 2;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void eachQueryHasASpareProcessAndAConversationOfItsOwn() {
        api.replyWith(request -> Reply.text("hello"));
        ClaudeOptions options = builder().build();
        Set<String> ids = new HashSet<>();
        try (WarmSpares spares = WarmSpares.of(options, 1)) {
            for (int i = 0; i < TIMES; i++) {
                assertThat(spares.awaitReady(LIMIT)).isTrue();
                List<Long> ready = Processes.of(api);
                try (ClaudeSession session = ClaudeSession.open(options)) {
                    assertThat(ready).contains(session.pid());
                    session.query("hi");
                    ids.add(session.sessionId().orElseThrow());
                }
                assertThat(spares.awaitReady(LIMIT)).isTrue();
                ids.add(Claude.query("hi", options).sessionId());
            }
            assertThat(spares.awaitReady(LIMIT)).isTrue(); // one that nobody takes
        }
        assertThat(ids).hasSize(2 * TIMES);
        assertThat(api.requests())
                .as("what was paid for")
                .hasSize(2 * TIMES)
                .allSatisfy(request -> assertThat(request.messages().toString()).doesNotContain("hello"));
    }

    /** It looks like one that waits. */
    @Test
    @Tag("linux")
    @Tag("long")
    void aSpareThatWasStoppedIsNotHandedOut() throws IOException, InterruptedException {
        api.replyWith(request -> Reply.text("hello"));
        ClaudeOptions options = builder().build();
        try (WarmSpares spares = WarmSpares.of(options, 1)) {
            assertThat(spares.awaitReady(LIMIT)).isTrue();
            List<Long> before = Processes.of(api);
            for (long pid : before) {
                new ProcessBuilder("kill", "-STOP", Long.toString(pid)).start().waitFor();
            }
            try (ClaudeSession session = ClaudeSession.open(options)) {
                assertThat(before).doesNotContain(session.pid());
                assertThat(session.query("hi").text()).isEqualTo("hello");
            }
        }
    }

    /** Its conversation goes on, its cost is one. */
    @Test
    void aSupervisedSessionOnASpareComesBackAsOthersDo() {
        api.replyWith(request -> Reply.text("hello"));
        ClaudeOptions options = builder().build();
        try (SessionSupervisor supervisor =
                SessionSupervisor.builder().warmSpares(options, 1).open()) {
            Eventually.within(LIMIT, () -> "a spare process", () -> supervisor.spares() == 1);
            List<Long> spare = Processes.of(api);
            ClaudeSession session = supervisor.start("ann", options);
            assertThat(spare).contains(session.pid());
            session.query("remember 42");
            supervisor.restart("ann");
            session.query("what was it?");
            assertThat(session.health()).isInstanceOf(Health.Healthy.class);
            assertThat(api.requests().getLast().messages().toString()).contains("remember 42");
            assertThat(session.cost().turns()).isEqualTo(2);
        }
    }

    /** The README's. */
    @Test
    void poolOfAnApplication() {
        api.replyWith(request -> Reply.text("hello"));
        // @start region="warm"
        ClaudeOptions options = builder().model("sonnet").build();
        try (WarmSpares spares = WarmSpares.of(options, 2)) { // as long as the application runs
            spares.awaitReady(Duration.ofSeconds(60)); // if it should be ready for the first request
            String answer = Claude.query("Say hello.", options).text();
            assertThat(answer).isEqualTo("hello");
        }
        // @end
    }
}
