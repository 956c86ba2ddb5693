package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The CLI is signing in. Wire type {@code auth_status}.
 *
 * @param isAuthenticating whether it still is
 * @param output lines to show to the user
 * @param error what went wrong, or null
 */
public record AuthStatus(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        boolean isAuthenticating,
        List<String> output,
        @Nullable String error)
        implements Message {
    /** Copies the collections. */
    public AuthStatus {
        output = List.copyOf(output);
    }
}
