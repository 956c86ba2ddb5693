package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * A pull request or the like was made or changed. Wire type {@code system/code_change_published}.
 *
 * @param provider the forge
 * @param url its address
 * @param repo the repository
 * @param identifier its number
 * @param action what was done, for instance {@code created} or {@code merged}, or null
 * @param branch its branch, or null
 */
public record CodeChangePublished(
        @Nullable String uuid,
        @Nullable String sessionId,
        RawJson raw,
        String provider,
        String url,
        String repo,
        String identifier,
        @Nullable String action,
        @Nullable String branch)
        implements SystemMessage {}
