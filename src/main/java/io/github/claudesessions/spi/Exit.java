package io.github.claudesessions.spi;

/**
 * How a process ended.
 *
 * @param code the exit code; 128 plus the number of the signal if a signal ended the process
 */
public record Exit(int code) {
    /** True if the code is one that shells and the JDK use for a process ended by a signal. */
    public boolean signalled() {
        return code > 128 && code < 160;
    }

    /** The exit code or the signal, in words. */
    @Override
    public String toString() {
        return switch (code) {
            case 130 -> "signal 2 (SIGINT)";
            case 137 -> "signal 9 (SIGKILL)";
            case 143 -> "signal 15 (SIGTERM)";
            default -> signalled() ? "signal " + (code - 128) : "exit code " + code;
        };
    }
}
