package io.github.claudesessions.internal.protocol;

import org.jspecify.annotations.Nullable;

/** Knows in whose callback the current thread is, so that waiting for oneself can be refused. */
final class Callbacks {
    private static final ThreadLocal<@Nullable Object> SESSION = new ThreadLocal<>();

    private Callbacks() {}

    static void inCallbackOf(Object session, Runnable callback) {
        Object outer = SESSION.get();
        SESSION.set(session);
        try {
            callback.run();
        } finally {
            SESSION.set(outer);
        }
    }

    static boolean isInCallbackOf(Object session) {
        return SESSION.get() == session;
    }
}
