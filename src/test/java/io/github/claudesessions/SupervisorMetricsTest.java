package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.micrometer.SupervisorMetrics;
import io.github.claudesessions.testing.FakeClaude;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SupervisorMetricsTest {
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void numbersAreThoseOfTheSupervisor() {
        FakeClaude fake = FakeClaude.create();
        fake.otherwise(turn -> turn.result("done"));
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .lazy(true)
                .session("ann-4711", Fakes.options(fake))
                .session("bob-4711", Fakes.options(fake))
                .open()) {
            // @start region="metrics"
            new SupervisorMetrics(supervisor, Tag.of("supervisor", "chat")).bindTo(registry);
            // @end
            assertThat(sessions("hibernated")).isEqualTo(2);
            supervisor.query("ann-4711", "hello");
            assertThat(sessions("hibernated")).isEqualTo(1);
            assertThat(sessions("running")).isEqualTo(1);
            assertThat(registry.get("claude.processes").gauge().value()).isEqualTo(1);
            assertThat(registry.get("claude.waiting").gauge().value()).isZero();
            assertThat(registry.get("claude.session.events")
                            .tag("event", "started")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.getMeters()).allSatisfy(meter -> {
                assertThat(meter.getId().getTag("supervisor")).isEqualTo("chat");
                assertThat(meter.getId().toString()).doesNotContain("4711");
            });
        }
    }

    private double sessions(String state) {
        return registry.get("claude.sessions").tag("state", state).gauge().value();
    }
}
