package io.github.claudesessions.internal.protocol;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Says in the log lines of a thread which session it works for. The thread must belong to that session. */
final class LogContext {
    /** The id of the conversation. */
    static final String SESSION = "claude.session";

    /** The name that a supervisor knows it by. */
    static final String NAME = "claude.name";

    private LogContext() {}

    /** Has the calling thread work for {@code session} until it ends. */
    static void enter(Object session) {
        if (session instanceof SessionCore core) {
            put(SESSION, core.facts().sessionId());
            put(NAME, core.facts().name());
        }
    }

    private static void put(String key, @Nullable String value) {
        if (value != null) {
            MDC.put(key, value);
        }
    }
}
