package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/** The end of a turn. */
public record ResultMessage(@Nullable Integer apiErrorStatus, RawJson raw) {}
