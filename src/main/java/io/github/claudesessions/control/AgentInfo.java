package io.github.claudesessions.control;

import org.jspecify.annotations.Nullable;

/**
 * A kind of subagent. Source: the answer to {@code initialize}.
 *
 * @param name its name
 * @param description when the model should use it
 * @param model the model it runs on, or null for the session's
 */
public record AgentInfo(
        String name, String description, @Nullable String model) {
    /** Fills in what the wire left out. */
    public AgentInfo {
        name = Copies.text(name);
        description = Copies.text(description);
    }
}
