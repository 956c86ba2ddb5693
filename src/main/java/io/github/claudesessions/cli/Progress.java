package io.github.claudesessions.cli;

import java.io.PrintStream;

/**
 * Is told how an installation goes on. Called on the thread that installs, about five times a second and once at each
 * change of phase; an exception that it throws ends the installation.
 */
@FunctionalInterface
public interface Progress {
    /** What is being done. More constants may be added. */
    enum Phase {
        /** Another process or thread is installing the same version; its end is awaited. */
        WAITING,
        /** Bytes are coming in. */
        DOWNLOADING,
        /** The checksum is being computed. */
        VERIFYING,
        /** The binary is in its place. */
        DONE
    }

    /**
     * Takes one report.
     *
     * @param bytes how many bytes are done in this phase, 0 where the phase has none
     * @param totalBytes how many there will be, or -1 if that is not known
     * @param phase what is being done
     */
    void update(long bytes, long totalBytes, Phase phase);

    /** Ignores every report. */
    static Progress none() {
        return (bytes, totalBytes, phase) -> {};
    }

    /**
     * Prints bytes and percent: on a terminal one line that is rewritten, elsewhere a line for each tenth. For one
     * installation at a time.
     *
     * @param out where to print, usually {@link System#err}; not closed
     */
    static Progress toStream(PrintStream out) {
        return new ProgressPrinter(out, Terminal.is(out));
    }
}
