package io.github.claudesessions.error;

import org.jspecify.annotations.Nullable;

/** The CLI answered a control request with an error. */
@SuppressWarnings("serial")
public final class ControlException extends ClaudeException {
    private final String subtype;
    private final String error;
    private final @Nullable String errorCode;

    public ControlException(String message, String subtype, String error, @Nullable String errorCode) {
        super(message, null);
        this.subtype = subtype;
        this.error = error;
        this.errorCode = errorCode;
    }

    /** The control request, such as {@code set_permission_mode}. */
    public String subtype() {
        return subtype;
    }

    /** What the CLI said. */
    public String error() {
        return error;
    }

    /** The code that the CLI gave, such as {@code unsupported_request}, or null. */
    public @Nullable String errorCode() {
        return errorCode;
    }
}
