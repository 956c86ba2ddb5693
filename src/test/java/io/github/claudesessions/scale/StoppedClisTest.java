package io.github.claudesessions.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.claudesessions.ClaudeOptions;
import io.github.claudesessions.ClaudeSession;
import io.github.claudesessions.error.StallException;
import io.github.claudesessions.error.StallSnapshot;
import io.github.claudesessions.testing.JavaCommand;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A CLI that has stopped reading stops nobody but its own callers. */
@Tag("unix")
@Timeout(90)
class StoppedClisTest {
    @Test
    void theHostRunsOn() {
        StoppedClis.Outcome outcome = StoppedClis.run();
        System.out.println(outcome);
        assertThat(outcome).matches(StoppedClis.Outcome::good);
    }

    /** The caller is still in the middle of writing when the limit runs out. */
    @Test
    void aPromptThatIsNeverReadIsAStall() {
        ClaudeOptions options = Stub.options(Stub.NEVER_READS)
                .turnTimeout(Duration.ofSeconds(1))
                .interruptTimeout(Duration.ofSeconds(1))
                .build();
        try (ClaudeSession session = ClaudeSession.open(options)) {
            StallException stall = catchThrowableOfType(StallException.class, () -> session.query("x".repeat(1 << 20)));
            assertThat(stall.snapshot().kind()).isEqualTo(StallSnapshot.Kind.TURN);
            assertThat(stall.snapshot().lastMessage()).isNull();
            assertThat(stall).hasMessageEndingWith("; the process was killed");
        }
    }

    @Test
    void alsoWithFewCarriers() throws Exception {
        Process jvm = new ProcessBuilder(JavaCommand.of(
                        List.of(
                                "-Xmx1g",
                                "-Djdk.virtualThreadScheduler.maxPoolSize=16",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"),
                        StoppedClis.class))
                .redirectErrorStream(true)
                .start();
        String output = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print("with few carriers: " + output);
        assertThat(jvm.waitFor()).as(output).isZero();
    }
}
