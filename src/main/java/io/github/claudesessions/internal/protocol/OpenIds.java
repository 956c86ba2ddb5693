package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.error.SessionInUseException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The ids that are open in this JVM: two processes on one id would fork its transcript and lose turns silently. */
final class OpenIds {
    private static final Map<String, Claim> OPEN = new ConcurrentHashMap<>();

    private OpenIds() {}

    /**
     * Takes {@code sessionId}, if it is known already. Waits for a session that has it and is ending, which the ladder
     * of its closing bounds: whoever resumes what a one-shot query has just begun need not know of that process.
     *
     * @throws SessionInUseException if the id is open and not ending
     */
    static Claim claim(@Nullable String sessionId) {
        Claim claim = new Claim();
        if (sessionId != null) {
            for (Claim holder = claim.take(sessionId); holder != null; holder = claim.take(sessionId)) {
                if (!holder.ending) {
                    throw inUse(sessionId);
                }
                Waiting.await("the process that had this session", holder.released);
                OPEN.remove(sessionId, holder); // learned too late to be released with the others
            }
        }
        return claim;
    }

    static SessionInUseException inUse(String sessionId) {
        return new SessionInUseException(
                "session " + sessionId + " is open already in this JVM; close it first, or fork it", sessionId);
    }

    /** One session's hold on its ids: {@code /clear} gives it another one. */
    static final class Claim {
        private final Set<String> ids = ConcurrentHashMap.newKeySet();
        private final CompletableFuture<Void> released = new CompletableFuture<>();
        private volatile boolean ending;

        private Claim() {}

        private @Nullable Claim take(String sessionId) {
            Claim holder = OPEN.putIfAbsent(sessionId, this);
            if (holder == null || holder == this) {
                ids.add(sessionId);
                return null;
            }
            return holder;
        }

        /** Takes an id that the CLI told; false if another session has it. Does not wait. */
        boolean learn(String sessionId) {
            if (ids.contains(sessionId)) {
                return true;
            }
            Claim holder = take(sessionId);
            return holder == null || (holder.ending && replace(sessionId, holder));
        }

        private boolean replace(String sessionId, Claim holder) {
            ids.add(sessionId);
            return OPEN.replace(sessionId, holder, this) || take(sessionId) == null;
        }

        /** The session is over for its callers; its process may live a little longer. */
        void ending() {
            ending = true;
        }

        /** The process is gone. */
        void release() {
            ids.forEach(id -> OPEN.remove(id, this));
            released.complete(null);
        }
    }
}
