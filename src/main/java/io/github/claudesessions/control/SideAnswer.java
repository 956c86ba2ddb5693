package io.github.claudesessions.control;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a question beside the conversation. Source: {@code side_question}.
 *
 * @param response what the model said, or null if it said nothing
 * @param synthetic whether the CLI made it instead, for instance because of an error of the API
 */
public record SideAnswer(@Nullable String response, boolean synthetic) {
    /** What the model said; empty if nothing. */
    public String text() {
        return Copies.text(response);
    }
}
