package io.github.claudesessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.claudesessions.testing.FakeClaude;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JmxTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final FakeClaude fake = FakeClaude.create();
    private final ClaudeOptions options = Fakes.options(fake);

    @Test
    void beanTellsAndActs() throws JMException {
        fake.otherwise(turn -> turn.result("done"));
        ObjectName name =
                new ObjectName("io.github.claudesessions:type=SessionSupervisor,name=\"the chat, of \\\"acme\\\"\"");
        try (SessionSupervisor supervisor = SessionSupervisor.builder()
                .jmx("the chat, of \"acme\"")
                .session("ann", options)
                .session("bob", options)
                .open()) {
            SupervisorMXBean bean = JMX.newMXBeanProxy(server, name, SupervisorMXBean.class);
            supervisor.query("ann", "my secret is 4711");
            assertThat(bean.isLive()).isTrue();
            assertThat(bean.isReady()).isTrue();
            assertThat(bean.getHealth()).startsWith("live, ready; 2 sessions");
            assertThat(bean.getSessionCount()).isEqualTo(2);
            assertThat(bean.getProcessCount()).isEqualTo(2);
            assertThat(bean.getWaitingCount()).isZero();
            assertThat(bean.getStates()).containsEntry("RUNNING", 2).containsEntry("GAVE_UP", 0);
            assertThat(bean.getTotals()).containsEntry("started", 2L);
            bean.restart("ann");
            assertThat(bean.getSessions())
                    .hasSize(2)
                    .anySatisfy(
                            line -> assertThat(line).startsWith("ann: RUNNING").endsWith("1 restarts"));
            bean.terminate("bob");
            assertThat(supervisor.find("bob")).isEmpty();
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> bean.restart("nobody"))
                    .withMessageContaining("name must be that of a session");
            for (var attribute : server.getMBeanInfo(name).getAttributes()) {
                assertThat(String.valueOf(server.getAttribute(name, attribute.getName())))
                        .doesNotContain("4711");
            }
        }
        assertThat(server.isRegistered(name)).isFalse();
    }

    @Test
    void nameInUseIsRefusedAndNothingIsLeft() throws JMException {
        try (SessionSupervisor supervisor =
                SessionSupervisor.builder().jmx("twice").open()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SessionSupervisor.builder()
                            .jmx("twice")
                            .session("a", options)
                            .open())
                    .withMessageContaining("jmx must be a name that is not in use, was \"twice\"");
            assertThat(fake.launches()).isEmpty();
            assertThat(server.isRegistered(
                            new ObjectName("io.github.claudesessions:type=SessionSupervisor,name=\"twice\"")))
                    .isTrue();
            assertThat(supervisor.count()).isZero();
        }
    }
}
