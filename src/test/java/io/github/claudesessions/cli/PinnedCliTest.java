package io.github.claudesessions.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The real binary, installed as users install it, into the folder that all tests share. */
@Timeout(value = 8, unit = TimeUnit.MINUTES)
final class PinnedCliTest {
    @Test
    void installsAndTellsItsVersion() {
        // @start region="install"
        Path file = ClaudeCli.managed().install(Progress.toStream(System.err));
        // @end
        assertThat(file).isRegularFile().isExecutable();
        assertThat(ClaudeCli.at(file).version()).isEqualTo(ClaudeCli.PINNED_VERSION);
        assertThat(ClaudeCli.managed().resolve()).isEqualTo(file);
    }
}
