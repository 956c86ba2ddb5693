package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The process is about to end. Wire type {@code system/worker_shutting_down}.
 *
 * @param reason why
 */
public record WorkerShuttingDown(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, String reason) implements SystemMessage {}
