package io.github.claudesessions.message;

import org.jspecify.annotations.Nullable;

/**
 * The transcript could not be copied to a session store. Wire type {@code system/mirror_error}.
 *
 * @param error what went wrong
 * @param key the transcript
 */
public record MirrorError(@Nullable String uuid, @Nullable String sessionId, RawJson raw, String error, Key key)
        implements SystemMessage {

    /**
     * Names a transcript in a store.
     *
     * @param projectKey the project
     * @param sessionId the session
     * @param subpath the part of the session, or null
     */
    public record Key(
            String projectKey, String sessionId, @Nullable String subpath) {}
}
