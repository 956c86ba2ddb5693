package io.github.claudesessions.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.error.StallSnapshot.ProcessState;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ProcStatusTest {
    @Test
    @Tag("linux")
    void aProcessThatRuns() {
        ProcessState self = ProcStatus.of(ProcessHandle.current().pid());
        assertThat(self.alive()).isTrue();
        assertThat(self.state()).isIn("R", "S", "D");
        assertThat(self.residentBytes()).isGreaterThan(10L << 20);
    }

    @Test
    void aProcessOfWhichTheSystemSaysNothing() {
        assertThat(ProcStatus.of(Long.MAX_VALUE)).isEqualTo(new ProcessState(Long.MAX_VALUE, true, null, null));
    }
}
