package io.github.claudesessions.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
@Tag("linux")
class LeftoversTest {
    private static Process sleeping(String marker) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sleep", "600");
        builder.environment().put(Marker.NAME, marker);
        return builder.start();
    }

    @Test
    void endsWhatHasTheMarkerAndNothingElse() throws Exception {
        String marker = UUID.randomUUID().toString();
        Process mine = sleeping(marker);
        Process other = sleeping(marker + "0");
        try {
            Leftovers leftovers = new Leftovers(marker);
            leftovers.record(mine.toHandle());
            leftovers.kill();
            assertThat(mine.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(other.isAlive()).isTrue();
            leftovers.kill();
        } finally {
            mine.destroyForcibly();
            other.destroyForcibly();
        }
    }
}
