package io.github.claudesessions.error;

import org.jspecify.annotations.Nullable;

/** The options can't be launched here; known before a process was started. */
@SuppressWarnings("serial")
public final class LaunchException extends ClaudeException {
    /** What is in the way. More constants may be added. */
    public enum Reason {
        /** The working directory does not exist or is not a directory. */
        MISSING_CWD,
        /** The CLI refuses {@code bypassPermissions} for the root user outside a sandbox. */
        ROOT_BYPASS,
        /** A plugin is neither a folder nor a file. */
        MISSING_PLUGIN,
        /** The folder of an isolated session, or a state folder, is a link, another user's, or open to others. */
        UNSAFE_FOLDER,
        /** The state folder of a supervisor is used by another one. */
        FOLDER_IN_USE,
        /** What a state folder has of a session can't be read, so that what was forbidden to it is not known. */
        BROKEN_RECORD,
        /** The operating system would not start another process. */
        SYSTEM
    }

    private final Reason reason;

    public LaunchException(String message, Reason reason, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What is in the way. */
    public Reason reason() {
        return reason;
    }
}
