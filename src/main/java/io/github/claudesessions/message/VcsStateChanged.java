package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The state of a repository changed. Wire type {@code system/vcs_state_changed}.
 *
 * @param kind {@code commit}, {@code push}, {@code merge} or {@code rebase}
 * @param cwd folder of the repository
 * @param branch its branch, or null
 */
public record VcsStateChanged(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String kind,
        String cwd,
        @Nullable String branch)
        implements SystemMessage {}
