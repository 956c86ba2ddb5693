package io.github.claudesessions.internal.supervision;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.github.claudesessions.internal.protocol.SessionCore;
import io.github.claudesessions.message.Message;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Those who listen to a conversation, through all its processes. Any thread. */
final class Listening {
    /** The listeners, each with what removes it from the current process. */
    @GuardedBy("this")
    private final Map<Consumer<? super Message>, Runnable> listeners = new LinkedHashMap<>();

    @GuardedBy("this")
    private @Nullable SessionCore current;

    synchronized Runnable add(Consumer<? super Message> listener) {
        Consumer<? super Message> entry = message -> listener.accept(message); // removed by identity
        listeners.put(entry, current == null ? () -> {} : current.onMessage(entry));
        return () -> remove(entry);
    }

    private synchronized void remove(Consumer<? super Message> entry) {
        Runnable registered = listeners.remove(entry);
        if (registered != null) {
            registered.run();
        }
    }

    /** A process is there, and has said nothing yet. */
    synchronized void attach(SessionCore core) {
        current = core;
        listeners.replaceAll((listener, before) -> core.onMessage(listener));
    }

    /** A process is gone. */
    synchronized void detach(SessionCore core) {
        if (current == core) {
            current = null;
            listeners.replaceAll((listener, before) -> () -> {});
        }
    }
}
