package io.github.claudesessions.internal.protocol;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Closes what is still open when the JVM ends. All threads of the library are daemons, so an open session stops none. */
final class OpenSessions {
    private static final Set<Connection> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(OpenSessions::closeAll, "claude-sessions-shutdown"));
    }

    private OpenSessions() {}

    static void add(Connection connection) {
        OPEN.add(connection);
        connection.released().whenComplete((nothing, failure) -> OPEN.remove(connection));
    }

    private static void closeAll() {
        Waiting.atOnce(OPEN, Connection::closeQuickly);
    }
}
