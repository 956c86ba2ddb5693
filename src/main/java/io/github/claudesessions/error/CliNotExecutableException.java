package io.github.claudesessions.error;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** There is a file where the Claude Code binary should be, but it can't be run. */
@SuppressWarnings("serial")
public final class CliNotExecutableException extends ClaudeException {
    /** Why a file can't be run. More constants may be added. */
    public enum Reason {
        /** The file has no execute permission for this user, or its file system is mounted {@code noexec}. */
        NO_PERMISSION,
        /** The binary needs another C library: a glibc build on a musl system, or the other way round. */
        WRONG_LIBC,
        /** The binary is for another operating system or processor, or it is damaged. */
        WRONG_FORMAT,
        /** The file is a Windows script ({@code .cmd}, {@code .bat}), which can't take arguments safely. */
        SCRIPT,
        /** The system would not start it for another reason, which is the cause of this exception. */
        OTHER
    }

    private final Path path;
    private final Reason reason;

    public CliNotExecutableException(String message, Path path, Reason reason, @Nullable Throwable cause) {
        super(message, cause);
        this.path = path;
        this.reason = reason;
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** Why it can't be run. */
    public Reason reason() {
        return reason;
    }
}
