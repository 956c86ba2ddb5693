package io.github.claudesessions.error;

import org.jspecify.annotations.Nullable;

/** The pinned Claude Code binary could not be installed. */
@SuppressWarnings("serial")
public final class CliInstallException extends ClaudeException {
    private final String version;
    private final String platform;

    public CliInstallException(String message, String version, String platform, @Nullable Throwable cause) {
        super(message, cause);
        this.version = version;
        this.platform = platform;
    }

    /** The version that was asked for. */
    public String version() {
        return version;
    }

    /** The platform, such as {@code linux-x64}. */
    public String platform() {
        return platform;
    }
}
