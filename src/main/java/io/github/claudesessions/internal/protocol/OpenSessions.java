package io.github.claudesessions.internal.protocol;

import io.github.claudesessions.error.SessionClosedException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Closes what is still open when the JVM ends. All threads of the library are daemons, so an open session stops none. */
final class OpenSessions {
    private static final Set<Connection> OPEN = ConcurrentHashMap.newKeySet();

    private static volatile boolean closing;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OpenSessions::closeAll, "claude-sessions-shutdown"));
    }

    private OpenSessions() {}

    /** @throws SessionClosedException if the JVM ends: nobody would close it */
    static void add(Connection connection) {
        OPEN.add(connection);
        connection.released().whenComplete((nothing, failure) -> OPEN.remove(connection));
        if (closing) {
            throw new SessionClosedException("no session is opened while the JVM ends", null);
        }
    }

    private static void closeAll() {
        closing = true;
        Waiting.atOnce(OPEN, Connection::closeQuickly);
    }
}
