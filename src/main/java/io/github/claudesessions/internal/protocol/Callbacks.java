package io.github.claudesessions.internal.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Knows of which sessions the current thread runs a callback or handles a message, one inside the other, so that
 * waiting for oneself can be refused.
 */
public final class Callbacks {
    private static final ThreadLocal<@Nullable Frame> INNERMOST = new ThreadLocal<>();

    private record Frame(Object session, @Nullable Frame outer) {}

    private Callbacks() {}

    /** As {@link #runFor}, on a thread that does nothing else. */
    static void runOnOwnThread(Object session, Runnable code) {
        LogContext.enter(session);
        runFor(session, code);
    }

    static void runFor(Object session, Runnable code) {
        Frame outer = INNERMOST.get();
        INNERMOST.set(new Frame(session, outer));
        try {
            code.run();
        } finally {
            if (outer == null) {
                INNERMOST.remove();
            } else {
                INNERMOST.set(outer);
            }
        }
    }

    /** Whether the current thread runs a callback, or handles a message, of any session. */
    public static boolean running() {
        return INNERMOST.get() != null;
    }

    static boolean runningFor(Object session) {
        for (Frame frame = INNERMOST.get(); frame != null; frame = frame.outer) {
            if (frame.session == session) {
                return true;
            }
        }
        return false;
    }
}
