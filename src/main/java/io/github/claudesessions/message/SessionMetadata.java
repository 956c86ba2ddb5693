package io.github.claudesessions.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data of the session changed. Wire type {@code system/session_metadata}.
 *
 * @param metadata the data, for instance {@code artifacts}
 */
public record SessionMetadata(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, Map<String, Object> metadata)
        implements SystemMessage {
    /** Copies the collections. */
    public SessionMetadata {
        metadata = Copies.map(metadata);
    }
}
