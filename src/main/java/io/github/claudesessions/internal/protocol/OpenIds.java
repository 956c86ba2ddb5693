package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.error.SessionInUseException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The ids that are open in this JVM: two processes on one id would fork its transcript and lose turns silently. */
final class OpenIds {
    private static final Set<String> OPEN = ConcurrentHashMap.newKeySet();

    private OpenIds() {}

    static void claim(@Nullable String sessionId) {
        if (sessionId != null && !OPEN.add(sessionId)) {
            throw new SessionInUseException(
                    "session " + sessionId + " is open already in this JVM; close it first, or fork it", sessionId);
        }
    }

    static void release(@Nullable String sessionId) {
        if (sessionId != null) {
            OPEN.remove(sessionId);
        }
    }
}
