package io.github.claudesessions.cli;

import io.github.claudesessions.internal.Check;
import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints progress for people. */
final class ProgressPrinter implements Progress {
    private static final String NAME = "Claude Code " + ClaudeCli.PINNED_VERSION + ": ";

    private final PrintStream out;
    private final boolean terminal;
    private @Nullable Phase phase;
    private long tenth;
    private int width;

    ProgressPrinter(PrintStream out, boolean terminal) {
        this.out = Check.notNull("out", out);
        this.terminal = terminal;
    }

    @Override
    public synchronized void update(long bytes, long totalBytes, Phase now) {
        long nowTenth = totalBytes > 0 ? bytes * 10 / totalBytes : 0;
        boolean changed = now != phase;
        if (terminal || changed || (nowTenth > tenth && now == Phase.DOWNLOADING)) {
            print(text(bytes, totalBytes, now), now == Phase.DONE);
            tenth = nowTenth;
        }
        phase = now;
    }

    private void print(String text, boolean last) {
        if (!terminal) {
            out.println(text);
            return;
        }
        out.print("\r" + text + " ".repeat(Math.max(0, width - text.length())));
        width = text.length();
        if (last) {
            out.println();
            width = 0;
        }
        out.flush();
    }

    private static String text(long bytes, long totalBytes, Phase phase) {
        return switch (phase) {
            case WAITING -> NAME + "waiting for another installation to end";
            case DOWNLOADING -> NAME + "downloading " + amount(bytes, totalBytes);
            case VERIFYING -> NAME + "verifying " + amount(bytes, totalBytes);
            case DONE -> NAME + "installed";
        };
    }

    private static String amount(long bytes, long totalBytes) {
        return totalBytes > 0
                ? String.format(
                        Locale.ROOT,
                        "%.1f of %.1f MB (%d %%)",
                        bytes / 1e6,
                        totalBytes / 1e6,
                        Math.min(100, bytes * 100 / totalBytes))
                : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
