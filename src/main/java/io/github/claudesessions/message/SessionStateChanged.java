package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The session became idle, running, or waits for an answer. Idle comes also while background shells run. Wire type
 * {@code system/session_state_changed}.
 *
 * @param state the new state
 */
public record SessionStateChanged(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, SessionState state) implements SystemMessage {}
