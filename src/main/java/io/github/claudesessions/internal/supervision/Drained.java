package io.github.claudesessions.internal.supervision;

import org.jspecify.annotations.Nullable;

/**
 * A member that was ended in an orderly way.
 *
 * @param name its name
 * @param sessionId its conversation, or null if there is nothing to be resumed
 * @param turnCut whether a turn had not ended
 */
public record Drained(String name, @Nullable String sessionId, boolean turnCut) {}
