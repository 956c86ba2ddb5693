package io.github.claudesessions.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.internal.process.ProcessIdentity.Stat;
import io.github.claudesessions.internal.process.ProcessIdentity.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@Tag("unix")
class ProcessIdentityTest {
    /** Fields 4 to 22. */
    private static final String REST = " 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20 21";

    @Test
    void thisJvmIsAlive() {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid());
        assertThat(self.started()).isPositive();
        assertThat(self.state()).isEqualTo(State.ALIVE);
    }

    @Test
    void aProcessThatHasEndedIsDead() throws Exception {
        Process process = new ProcessBuilder("sleep", "600").start();
        ProcessIdentity identity = ProcessIdentity.of(process.pid());
        assertThat(identity.state()).isEqualTo(State.ALIVE);
        process.destroyForcibly().waitFor();
        assertThat(identity.state()).isEqualTo(State.DEAD);
    }

    @Test
    void anotherProcessWithTheSameNumberIsNotMeant() {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid());
        ProcessIdentity earlier = new ProcessIdentity(self.pid(), self.started() - 100_000, self.boot());
        assertThat(earlier.state()).isEqualTo(State.DEAD);
    }

    @Test
    void withoutAStartNothingIsClaimedOfOneThatLives() {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid());
        assertThat(new ProcessIdentity(self.pid(), -1, self.boot()).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    @Tag("linux")
    void whatRanBeforeTheLastBootIsDead() {
        ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current().pid());
        assertThat(Objects.requireNonNull(self.boot())).isNotEmpty();
        assertThat(new ProcessIdentity(self.pid(), self.started(), "another boot").state())
                .isEqualTo(State.DEAD);
        assertThat(new ProcessIdentity(self.pid(), self.started(), null).state())
                .isEqualTo(State.UNKNOWN);
    }

    @Test
    @Tag("linux")
    void aZombieIsDead() throws IOException {
        // the second sleep takes the shell's place, and does not ask what has become of the first one
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0 & echo $!; exec sleep 600").start();
        try (BufferedReader out = parent.inputReader()) {
            ProcessIdentity zombie = ProcessIdentity.of(Long.parseLong(out.readLine()));
            while (zombie.state() != State.DEAD) {
                Thread.onSpinWait();
            }
            assertThat(ProcessHandle.of(zombie.pid()).map(ProcessHandle::isAlive))
                    .contains(true);
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void theNameOfAProcessMayHoldAnything() {
        assertThat(Stat.parse("7 (a) S 1) R" + REST)).isEqualTo(new Stat('R', 1, 4711));
        assertThat(Stat.parse("7 (sh) Z" + REST)).isEqualTo(new Stat('Z', 1, 4711));
    }

    @Test
    void whatIsNoStatIsNotRead() {
        for (String line : new String[] {"", "7", "7 (sh)", "7 (sh) ", "7 (sh) S 1 2 3", "x" + REST}) {
            assertThat(Stat.parse(line)).as(line).isNull();
        }
        assertThat(Stat.parse("7 (sh) S" + REST.replace("4711", "many"))).isNull();
    }
}
