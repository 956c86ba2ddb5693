package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The shell of the session changed its directory. Wire type {@code system/shell_cwd}.
 *
 * @param cwd the directory
 */
public record ShellCwd(@Nullable String uuid, @Nullable String sessionId, RawJson raw, String cwd)
        implements SystemMessage {}
