package io.github.claudesessions.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Questions of an earlier process were sorted out. Wire type {@code system/inherited_asks_settled}.
 *
 * @param keptRequestIds ids of those that still need an answer
 */
public record InheritedAsksSettled(
        @Nullable String uuid, @Nullable String sessionId, RawJson raw, List<String> keptRequestIds)
        implements SystemMessage {
    /** Copies the collections. */
    public InheritedAsksSettled {
        keptRequestIds = List.copyOf(keptRequestIds);
    }
}
