package io.github.claudesessions.functional;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.Backoff;
import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.Doctor;
import io.github.claudesessions.Health;
import io.github.claudesessions.PingReport;
import io.github.claudesessions.SessionStatus;
import io.github.claudesessions.SessionSupervisor;
import io.github.claudesessions.SupervisorEvent;
import io.github.claudesessions.SupervisorHealth;
import io.github.claudesessions.testing.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator does with real processes. */
@Timeout(120)
@Tag("unix")
@Tag("long")
class OperationOnCliTest extends OnRealCli {
    private static final Logger log = LoggerFactory.getLogger(OperationOnCliTest.class);

    private static void signal(String signal, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void probeTellsAStoppedProcessAndCostsNothing() throws IOException, InterruptedException {
        try (ClaudeSession session = open()) {
            Duration answered =
                    Eventually.time(() -> assertThat(session.probe(SOON)).isInstanceOf(Health.Healthy.class));
            log.info("A probe was answered after {} ms", answered.toMillis());
            signal("STOP", session.pid());
            assertThat(session.probe(Duration.ofMillis(500))).isInstanceOf(Health.Unhealthy.class);
            signal("CONT", session.pid());
            assertThat(session.probe(SOON)).isInstanceOf(Health.Healthy.class);
            assertThat(session.isIdle()).isTrue();
        }
        assertThat(api.requests()).isEmpty();
    }

    @Test
    void stoppedProcessOfASupervisorIsReplacedAndTheConversationGoesOn() throws IOException, InterruptedException {
        api.reply(Reply.text("one"), Reply.text("two"));
        CountDownLatch replaced = new CountDownLatch(1);
        ClaudeOptions options = builder().build();
        // @start region="operation"
        SessionSupervisor.Builder builder = SessionSupervisor.builder()
                .probeInterval(Duration.ofSeconds(30)) // an idle process that does not answer is replaced
                .maxMemoryPerProcess(1L << 30) // one over 1 GiB gives way when it is idle
                .maxMemory(8L << 30) // over that, the least recently used give way
                .jmx("chat");
        // @end
        try (SessionSupervisor supervisor = builder.probeInterval(Duration.ofMillis(500))
                .probeTimeout(Duration.ofSeconds(5))
                .backoff(Backoff.none())
                .onEvent(event -> {
                    if (event instanceof SupervisorEvent.Restarting) {
                        replaced.countDown();
                    }
                })
                .session("a", options)
                .open()) {
            supervisor.query("a", "first");
            signal("STOP", supervisor.session("a").pid());
            await(replaced);
            assertThat(supervisor.query("a", "second").text()).isEqualTo("two");
            assertThat(api.lastRequest().messages().toString()).contains("first", "one");
            // @start region="health"
            SupervisorHealth health = supervisor.health();
            if (!health.live() || !health.ready()) {
                log.warn("{}", health.text()); // live, not ready (all 50 processes that there may be are at work); …
            }
            // @end
            assertThat(health.ready()).as(health.text()).isTrue();
        }
    }

    @Test
    @Tag("linux")
    void memoryIsThatOfTheProcessAndItsChildren() {
        api.reply(Reply.text("one"), Reply.text("two"));
        CountDownLatch hibernated = new CountDownLatch(1);
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .maxMemoryPerProcess(120L << 20) // less than any has, more than half of it
                .onEvent(event -> {
                    if (event instanceof SupervisorEvent.Hibernated) {
                        hibernated.countDown();
                    }
                })
                .session("a", builder().build())
                .open()) {
            supervisor.query("a", "first");
            await(hibernated);
            assertThat(supervisor.list().getFirst().state()).isEqualTo(SessionStatus.State.HIBERNATED);
            assertThat(supervisor.query("a", "second").text()).isEqualTo("two");
        }
    }

    @Test
    void pingRunsARealTurn() {
        api.reply(Reply.text("pong"));
        ClaudeOptions options = builder().model("claude-sonnet-4-5").build();
        // @start region="ping"
        PingReport ping = Doctor.of(options).ping(Duration.ofSeconds(30));
        log.info("{}", ping.text()); // ok: claude-sonnet-4-5 answered, start 340 ms, turn 900 ms, 0.000312 US dollars
        // @end
        assertThat(ping.ok()).as(ping.text()).isTrue();
        assertThat(ping.model()).contains("claude-sonnet-4-5");
        assertThat(ping.costUsd()).isPositive();
        assertThat(ping.turn()).isPositive();
        assertThat(api.lastRequest().tools()).isEmpty();
    }

    @Test
    void pingTellsWhyThereIsNoAnswer() {
        String key = "sk-ant-planted-0123456789";
        api.reply(Reply.error(401, "authentication_error", "invalid x-api-key " + key));
        ClaudeOptions options = builder().env("ANTHROPIC_API_KEY", key).build();
        PingReport ping = Doctor.of(options).ping(Duration.ofSeconds(30));
        assertThat(ping.ok()).isFalse();
        assertThat(ping.failure().orElseThrow()).startsWith("TurnFailedException: ");
        assertThat(ping.text() + ping).doesNotContain(key);
    }
}
