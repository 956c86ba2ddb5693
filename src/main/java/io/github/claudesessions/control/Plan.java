package io.github.claudesessions.control;

import org.jspecify.annotations.Nullable;

/**
 * The plan that the session has written in plan mode. Source: {@code get_plan}.
 *
 * @param exists whether there is one
 * @param content its text, or null
 * @param path the file that it is in, or null
 */
public record Plan(
        boolean exists, @Nullable String content, @Nullable String path) {}
