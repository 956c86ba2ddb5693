package io.github.claudesessions.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.claudesessions.cli.Progress.Phase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class ProgressPrinterTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void run(Progress progress) {
        progress.update(0, -1, Phase.WAITING);
        progress.update(0, -1, Phase.WAITING);
        for (int i = 0; i <= 100; i++) {
            progress.update(i * 1_000_000L, 100_000_000, Phase.DOWNLOADING);
        }
        progress.update(5, 100, Phase.VERIFYING);
        progress.update(100_000_000, 100_000_000, Phase.DONE);
    }

    @Test
    void aLinePerTenthWhereThereIsNoTerminal() {
        run(Progress.toStream(out));
        List<String> lines = printed().lines().toList();
        assertThat(lines).hasSize(1 + 11 + 1 + 1);
        assertThat(lines.get(0)).endsWith("waiting for another installation to end");
        assertThat(lines.get(4)).isEqualTo("Claude Code 2.1.330: downloading 30.0 of 100.0 MB (30 %)");
        assertThat(lines.getLast()).isEqualTo("Claude Code 2.1.330: installed");
    }

    @Test
    void oneLineRewrittenOnATerminal() {
        run(new ProgressPrinter(out, true));
        assertThat(printed().lines().toList().getLast()).startsWith("Claude Code 2.1.330: installed  ");
        assertThat(printed()).contains("\rClaude Code 2.1.330: downloading 31.0 of 100.0 MB (31 %)");
        assertThat(printed().chars().filter(c -> c == '\n')).hasSize(1);
    }

    @Test
    void anUnknownTotalHasNoPercent() {
        new ProgressPrinter(out, false).update(1_500_000, -1, Phase.DOWNLOADING);
        assertThat(printed()).isEqualToIgnoringNewLines("Claude Code 2.1.330: downloading 1.5 MB\n");
    }
}
