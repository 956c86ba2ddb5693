package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.message.ResultMessage;
import io.github.claudesessions.testing.FakeClaude;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The snippets of the README's chapter on hosting and of the Javadoc of the supervisor. */
@Timeout(30)
class SupervisorReadmeTest {
    private static final Logger log = LoggerFactory.getLogger(SupervisorReadmeTest.class);

    private final FakeClaude fake = FakeClaude.create().otherwise(turn -> turn.result("done"));
    private final ClaudeOptions options = Fakes.options(fake);

    @Test
    void supervisor() {
        String diff = "+ nothing";
        // @start region="supervisor"
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .session("ci_reviewer", options)
                .maxRestarts(5)
                .within(Duration.ofSeconds(10))
                .open()) {
            ResultMessage review = supervisor.query("ci_reviewer", "Review this change:\n" + diff);
            System.out.println(review.text());
            supervisor.start("temp", options);
            supervisor.terminate("temp");
            supervisor.list().forEach(session -> log.info("{}", session));
        }
        // @end
        assertThat(fake.running()).isZero();
    }

    @Test
    void manyUsers() {
        CompletableFuture<Void> webSession = new CompletableFuture<>();
        String prompt = "hello";
        // @start region="users"
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .maxLive(50) // processes; the users may be thousands
                .idleTimeout(Duration.ofMinutes(5))
                .onEvent(event -> log.info("{}", event))
                .open()) {
            // one session per request
            String once = supervisor.perRequest(
                    options, session -> session.query(prompt).text());

            // one per user: found again by the id, closed when the owner ends
            ClaudeSession ann = supervisor.perUser("ann", options);
            ann.linkTo(webSession);
            ann.query(prompt);
            // @end
            assertThat(once).isEqualTo("done");
            assertThat(supervisor.count()).isEqualTo(1);
        }
    }

    @Test
    void tuning() {
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .maxLive(100) // processes: some 21 GB, and 200 threads and files of this JVM
                .maxStarting(4) // a start keeps a core busy for a third of a second
                .idleTimeout(Duration.ofMinutes(2)) // shorter saves memory, longer saves starts
                .stuckTimeout(Duration.ofMinutes(30)) // the same with a background command that does not end
                .waitTimeout(Duration.ofSeconds(20)) // how long a caller waits for a process
                .open()) {
            assertThat(supervisor.perUser("ann", options).query("hello").text()).isEqualTo("done");
        }
    }
}
