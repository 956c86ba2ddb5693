package io.github.claudesessions.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ResidentTest {
    @Test
    @Tag("linux")
    void childrenCount() throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "sleep 60 & echo there; wait")
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(shell.inputReader().readLine()).isEqualTo("there");
            long sleeper = shell.children().findFirst().orElseThrow().pid();
            Resident now = Resident.now();
            assertThat(now.bytes(sleeper)).isPositive();
            assertThat(now.bytes(shell.pid())).isGreaterThan(now.bytes(sleeper));
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
            assertThat(shell.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void processThatIsNotThereHasNothing() {
        assertThat(Resident.now().bytes(Long.MAX_VALUE)).isZero();
    }
}
